trigger AccountSync on Account(before insert, before update) {
  if (Trigger.isInsert) {
    EditTracking.beforeInsert(Trigger.new);
  } else {
    EditTracking.beforeUpdate('Account', Trigger.new, Trigger.oldMap);
  }
}
