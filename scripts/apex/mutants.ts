/** A mistake planted in the package's Apex: a piece of a file's text and what stands in its place. */
export interface Mutant {
  readonly name: string;
  /** A class or trigger by its file's name. */
  readonly file: string;
  /** Stands once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** Mistakes that people make in such a package. Each has to be caught by its Apex tests. */
export const mutants: readonly Mutant[] = [
  {
    name: 'edits by the integration user are marked',
    file: 'EditTracking.cls',
    find: ' && !FeatureManagement.checkPermission(INTEGRATION)',
    replace: '',
  },
  {
    name: 'a late success hides a newer edit',
    file: 'EditTracking.cls',
    find: 'if (seen < numberOf(before) && before.get(STATUS) == SyncStatus.WAITING) {',
    replace: 'if (seen == null) {',
  },
  {
    name: 'a success that has seen every edit goes on waiting',
    file: 'EditTracking.cls',
    find: 'seen < numberOf(before)',
    replace: 'seen <= numberOf(before)',
  },
  {
    name: 'the acknowledged number stays in the record',
    file: 'EditTracking.cls',
    find: 'row.put(ACKNOWLEDGED, null);\n      row.put(EDIT, before.get(EDIT));',
    replace: 'row.put(EDIT, before.get(EDIT));',
  },
  {
    name: 'anybody can set the number of edits',
    file: 'EditTracking.cls',
    find: 'row.put(EDIT, before.get(EDIT));',
    replace: '',
  },
  {
    name: 'records that take no part are marked',
    file: 'EditTracking.cls',
    find: '} else if (takesPart(row) && tracked.anyChanged(before, row)) {',
    replace: '} else if (tracked.anyChanged(before, row)) {',
  },
  {
    name: 'a status that the same save sets is overwritten',
    file: 'EditTracking.cls',
    find: 'if (row.get(STATUS) == before.get(STATUS)) {',
    replace: 'if (true) {',
  },
  {
    name: 'a change of letter case is no edit',
    file: 'TrackedFields.cls',
    find: 'return !left.equals(right);',
    replace: 'return left != right;',
  },
  {
    name: 'a field that was deleted fails everybody’s edit',
    file: 'TrackedFields.cls',
    find: '} catch (SObjectException error) {',
    replace: '} catch (CalloutException error) {',
  },
  {
    name: 'a workflow makes an edit of the sync’s own write',
    file: 'EditTracking.cls',
    find: 'written != null && written.before == before',
    replace: 'false',
  },
  {
    name: 'whoever saves after the sync in a transaction is the sync',
    file: 'EditTracking.cls',
    find: 'written != null && written.before == before',
    replace: 'written != null',
  },
  {
    name: 'contacts change their account unseen in a plan without accounts',
    file: 'TrackedFields.cls',
    find: "mapping.get('accountNameField') != null && ",
    replace: 'false && ',
  },
  {
    name: 'a notice for each save',
    file: 'PackageSettings.cls',
    find: 'if (locked.isEmpty() || isNoticed(locked[0], secondsBetween)) {',
    replace: 'if (locked.isEmpty()) {',
  },
  {
    name: 'a claim that nobody remembers',
    file: 'PackageSettings.cls',
    find: 'locked[0].Notice_At__c = System.now();',
    replace: '',
  },
  {
    name: 'a mapping that is saved puts an older notice back',
    file: 'PackageSettings.cls',
    find: 'new ActiveCampaign_Settings__c(Id = known)',
    replace: 'read()',
  },
  {
    name: 'a job for each transaction',
    file: 'ChangeNotice.cls',
    find: 'new QueueableDuplicateSignature.Builder().addString(SIGNATURE).build();',
    replace: 'null;',
  },
  {
    name: 'a data load asks for batches',
    file: 'ChangeNotice.cls',
    find: 'if (rows >= DATA_LOAD_ROWS) {',
    replace: 'if (false) {',
  },
  {
    name: 'the last part of a data load asks for a batch',
    file: 'ChangeNotice.cls',
    find: 'enqueue(new Pause(true), DELAY_MINUTES);\n    } else {',
    replace: '} else {',
  },
  {
    name: 'a data load that takes its time asks for batches',
    file: 'ChangeNotice.cls',
    find: 'if (marked >= DATA_LOAD_ROWS) {',
    replace: 'if (false) {',
  },
  {
    name: 'edits within the minute of a notice are told of by nobody',
    file: 'ChangeNotice.cls',
    find: 'marked > 0 && !isDataLoad',
    replace: 'false',
  },
  {
    name: 'the end of a data load is taken for an edit',
    file: 'ChangeNotice.cls',
    find: 'marked > 0 && !isDataLoad',
    replace: 'marked > 0',
  },
  {
    name: 'one notice leads to the next for ever',
    file: 'ChangeNotice.cls',
    find: 'marked > 0 && !isDataLoad',
    replace: '!isDataLoad',
  },
  {
    name: 'a job of the Bulk API asks for batches',
    file: 'ChangeNotice.cls',
    find: 'isBulkApi || ',
    replace: '',
  },
  {
    name: 'an edit takes the one place that a job of the org has',
    file: 'ChangeNotice.cls',
    find: 'Limits.getQueueableJobs() + 1 <',
    replace: 'Limits.getQueueableJobs() <',
  },
  {
    name: 'a service that fails fails the job',
    file: 'ChangeNotice.cls',
    find: "System.debug(LoggingLevel.WARN, 'The sync service was not told of changes: ' + error.code);",
    replace: 'throw error;',
  },
  {
    name: 'a notice that is lost stays lost',
    file: 'ChangeNotice.cls',
    find: 'error.code);\n        tryAgain(attempts);',
    replace: 'error.code);',
  },
  {
    name: 'a service that stays away is asked without end',
    file: 'ChangeNotice.cls',
    find: 'if (attempts + 1 < MOST_ATTEMPTS) {',
    replace: 'if (true) {',
  },
  {
    name: 'conversion takes a contact’s own link away',
    file: 'LeadConversion.cls',
    find: 'if (String.isBlank(person.ActiveCampaign_ID__c)) {',
    replace: 'if (true) {',
  },
  {
    name: 'one refused record refuses all of a flow',
    file: 'SyncMarker.cls',
    find: 'Database.update(ordered, false, AccessLevel.SYSTEM_MODE)',
    replace: 'Database.update(ordered, true, AccessLevel.SYSTEM_MODE)',
  },
  {
    name: 'failures are told of the wrong record',
    file: 'SyncMarker.cls',
    find: 'failures.put(ids[index],',
    replace: 'failures.put(ids[0],',
  },
  {
    name: 'users decide conflicts of records that they may not edit',
    file: 'RecordController.cls',
    find: 'RecordAccess.requireEditable(recordId);',
    replace: 'RecordAccess.requireSynced(recordId);',
  },
  {
    name: 'users decide conflicts of records that they may only see',
    file: 'RecordAccess.cls',
    find: '!found.isEmpty() && found[0].HasEditAccess',
    replace: '!found.isEmpty()',
  },
  {
    name: 'a conflict of another record is decided',
    file: 'RecordController.cls',
    find: 'if (open != null && (Integer) open == conflictId) {',
    replace: 'if (open != null) {',
  },
  {
    name: 'records are shown that the user may not see',
    file: 'RecordAccess.cls',
    find: 'return ![SELECT Id FROM Lead WHERE Id = :recordId WITH USER_MODE].isEmpty();',
    replace: 'return true;',
  },
  {
    name: 'the set-up is open to everybody',
    file: 'SetupAccess.cls',
    find: 'if (!FeatureManagement.checkPermission(PERMISSION)) {',
    replace: 'if (false) {',
  },
  {
    name: 'one method of the set-up is open to everybody',
    file: 'HealthController.cls',
    find: "SetupAccess.require();\n    return LightningCall.post('/v1/runs',",
    replace: "return LightningCall.post('/v1/runs',",
  },
  {
    name: 'campaigns are sent to people that the user does not see',
    file: 'RecordController.cls',
    find: 'RecordAccess.requirePerson(recordId);\n    Map<String, Object> body',
    replace: 'Map<String, Object> body',
  },
  {
    name: 'contacts of several conversions get the ID of one lead',
    file: 'LeadConversion.cls',
    find: 'ActiveCampaign_ID__c = platformIds.get(person.Id)',
    replace: 'ActiveCampaign_ID__c = platformIds.values()[0]',
  },
  {
    name: 'a query for each converted lead',
    file: 'LeadConversion.cls',
    find: 'platformIds.put(converted.ConvertedContactId, converted.ActiveCampaign_ID__c);',
    replace:
      'platformIds.put(converted.ConvertedContactId, converted.ActiveCampaign_ID__c);\n        fill(platformIds);',
  },
  {
    name: 'a revoked token is an error instead of a new start',
    file: 'SetupController.cls',
    find: "if (error.code == 'SYNC_UNAUTHORIZED') {",
    replace: 'if (error.code == null) {',
  },
  {
    name: 'an answer that is no JSON reaches the component as it is',
    file: 'ServiceClient.cls',
    find: 'return String.isBlank(answer) ? null : JSON.deserializeUntyped(answer);',
    replace: 'return answer;',
  },
  {
    name: 'a name in a path leads elsewhere',
    file: 'ServicePath.cls',
    find: "path += '/' + encode(part);",
    replace: "path += '/' + part;",
  },
  {
    name: 'tracked fields that do not fit are cut off',
    file: 'PackageSettings.cls',
    find: 'joined.length() > PARTS * PART_LENGTH ? EVERY_FIELD : joined',
    replace: 'joined',
  },
  {
    name: 'fields that come from ActiveCampaign only are tracked',
    file: 'TrackedFields.cls',
    find: "if (field.get('direction') != 'inbound') {",
    replace: 'if (field != null) {',
  },
];
