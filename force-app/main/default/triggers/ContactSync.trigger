trigger ContactSync on Contact(before insert, before update) {
  if (Trigger.isInsert) {
    EditTracking.beforeInsert(Trigger.new);
  } else {
    EditTracking.beforeUpdate('Contact', Trigger.new, Trigger.oldMap);
  }
}
