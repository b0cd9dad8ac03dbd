trigger LeadSync on Lead(before insert, before update, after update) {
  if (Trigger.isBefore && Trigger.isInsert) {
    EditTracking.beforeInsert(Trigger.new);
  } else if (Trigger.isBefore) {
    EditTracking.beforeUpdate('Lead', Trigger.new, Trigger.oldMap);
  } else {
    LeadConversion.carryOver(Trigger.new, Trigger.oldMap);
  }
}
