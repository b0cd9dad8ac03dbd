import { answeredRequestOfALead } from './regressions/answered-request-of-a-lead.ts';
import { askedForAgainWhileItIsOpen } from './regressions/asked-for-again-while-it-is-open.ts';
import { choiceBesideAnAddressThatIsTaken } from './regressions/choice-beside-an-address-that-is-taken.ts';
import { conflictBeforeADeath } from './regressions/conflict-before-a-death.ts';
import { conflictThatTheOtherDirectionWouldDecide } from './regressions/conflict-that-the-other-direction-would-decide.ts';
import { contactUnderAnAddressThatWasGivenUp } from './regressions/contact-under-an-address-that-was-given-up.ts';
import { contactUnderTheAddressOfADeletedOne } from './regressions/contact-under-the-address-of-a-deleted-one.ts';
import { convertedBeforeItShowedItsLink } from './regressions/converted-before-it-showed-its-link.ts';
import { createdUnderAnAddressThatIsOnItsWay } from './regressions/created-under-an-address-that-is-on-its-way.ts';
import { editedBeforeItWasKnownWhoseItIs } from './regressions/edited-before-it-was-known-whose-it-is.ts';
import { editedBeforeItWasRestored } from './regressions/edited-before-it-was-restored.ts';
import { emptiedBeforeItsCreationWasNoted } from './regressions/emptied-before-its-creation-was-noted.ts';
import { heirThatIsGoneToo } from './regressions/heir-that-is-gone-too.ts';
import { heirWhoseSyncEnded } from './regressions/heir-whose-sync-ended.ts';
import { idCarriedToAContactThatAConversionMakes } from './regressions/id-carried-to-a-contact-that-a-conversion-makes.ts';
import { leadOfARequestWhosePersonBecameAContact } from './regressions/lead-of-a-request-whose-person-became-a-contact.ts';
import { leadSeenWhileItsContactTakesOver } from './regressions/lead-seen-while-its-contact-takes-over.ts';
import { leadWhoseContactAConvertedOneShows } from './regressions/lead-whose-contact-a-converted-one-shows.ts';
import { lockedWhileItsStatusIsWritten } from './regressions/locked-while-its-status-is-written.ts';
import { lookedAtWheneverItIsTried } from './regressions/looked-at-whenever-it-is-tried.ts';
import { mergedUnderAnAddressOfBothSides } from './regressions/merged-under-an-address-of-both-sides.ts';
import { metWhileItsCreationWaited } from './regressions/met-while-its-creation-waited.ts';
import { noOptInByAMerge } from './regressions/no-opt-in-by-a-merge.ts';
import { optedInBeforeAConversion } from './regressions/opted-in-before-a-conversion.ts';
import { ownWritesAreNoNews } from './regressions/own-writes-are-no-news.ts';
import { pageReadBeforeAnAnswer } from './regressions/page-read-before-an-answer.ts';
import { placeholderThatCameBack } from './regressions/placeholder-that-came-back.ts';
import { policyChangedWhileAnEditIsDue } from './regressions/policy-changed-while-an-edit-is-due.ts';
import { refusalToldWhileOthersTravel } from './regressions/refusal-told-while-others-travel.ts';
import { requestOfADeletedContact } from './regressions/request-of-a-deleted-contact.ts';
import { requestOfALeadThatIsRestored } from './regressions/request-of-a-lead-that-is-restored.ts';
import { requestWhoseLeadWasSeenFirst } from './regressions/request-whose-lead-was-seen-first.ts';
import { seenWhileAListIsWritten } from './regressions/seen-while-a-list-is-written.ts';
import { seenBesideAWriteThatWentOverIt } from './regressions/seen-beside-a-write-that-went-over-it.ts';
import { setBackAfterAWriteThatNobodyHeard } from './regressions/set-back-after-a-write-that-nobody-heard.ts';
import { setBackAndEditedWhileItIsWritten } from './regressions/set-back-and-edited-while-it-is-written.ts';
import { setBackWhileItIsWritten } from './regressions/set-back-while-it-is-written.ts';
import { twoParkedDirections } from './regressions/two-parked-directions.ts';
import type { Story } from './story.ts';

/** A story that once broke an invariant, as short as it was found, and what it is about. It is run with the tests. */
export interface Regression {
  readonly about: string;
  readonly story: Story;
}

/** They are kept as they are: what a seed tells changes with `story.ts`. */
export const regressions: readonly Regression[] = [
  { about: 'under the policy "newest", our own writes count for nothing', story: ownWritesAreNoNews },
  {
    about: 'a record of which one field can go in neither direction is left in peace',
    story: twoParkedDirections,
  },
  {
    about:
      'a Contact that was asked for is seen before the answer to its creation comes, and its Lead gives way',
    story: answeredRequestOfALead,
  },
  {
    about: 'a process dies between the write that decides a conflict and its answer',
    story: conflictBeforeADeath,
  },
  { about: 'a Lead is converted into a Contact whose own sync had ended', story: heirWhoseSyncEnded },
  {
    about: 'a contact is deleted between the request to create its record and the record',
    story: requestOfADeletedContact,
  },
  {
    about: 'a Lead that took over a link is converted before it shows so',
    story: convertedBeforeItShowedItsLink,
  },
  {
    about: 'a Lead is converted while another Contact takes its person over, and the package carries the id',
    story: idCarriedToAContactThatAConversionMakes,
  },
  {
    about: 'a record is locked by another transaction while its status is written',
    story: lockedWhileItsStatusIsWritten,
  },
  {
    about: 'a Lead is seen anew while a Contact takes its link over',
    story: leadSeenWhileItsContactTakesOver,
  },
  {
    about: 'a record is merged into another one that is deleted, and both are read at once',
    story: heirThatIsGoneToo,
  },
  {
    about: 'a contact is seen with a new value while a list is written, of which it is the last',
    story: seenWhileAListIsWritten,
  },
  {
    about: 'a Lead without a company is converted, and its placeholder becomes an Account',
    story: placeholderThatCameBack,
  },
  { about: 'a person who opted out is merged into a record that did not', story: noOptInByAMerge },
  {
    about:
      'a contact gets its old address back while the answer to the new one is under way, and is read in between',
    story: setBackWhileItIsWritten,
  },
  {
    about: 'the same with another edit, so that the read tells of news',
    story: setBackAndEditedWhileItIsWritten,
  },
  {
    about: 'a Lead wants the contact whose id a converted Lead shows for ever',
    story: leadWhoseContactAConvertedOneShows,
  },
  {
    about: 'a Contact comes under the address that a Lead has given up, before its contact has the new one',
    story: contactUnderAnAddressThatWasGivenUp,
  },
  {
    about: 'a record is merged away under an address that both sides had from the start',
    story: mergedUnderAnAddressOfBothSides,
  },
  {
    about: 'a new contact is edited and read before it is acknowledged whose it is',
    story: editedBeforeItWasKnownWhoseItIs,
  },
  {
    about: 'a contact is edited, and its record is restored long after it was seen to be deleted',
    story: editedBeforeItWasRestored,
  },
  {
    about: 'a page is read before a record of it is written, and stored after the answer',
    story: pageReadBeforeAnAnswer,
  },
  {
    about:
      'the Lead of a request whose answer was lost is seen in Salesforce before the request is taken up again',
    story: requestWhoseLeadWasSeenFirst,
  },
  {
    about: 'somebody is asked for again before the run that is to create the record, and was edited',
    story: askedForAgainWhileItIsOpen,
  },
  {
    about: 'a choice on a conflict is carried out though the record’s address cannot be had',
    story: choiceBesideAnAddressThatIsTaken,
  },
  {
    about: 'what Salesforce refused is told still when other fields were written to the platform',
    story: refusalToldWhileOthersTravel,
  },
  {
    about: 'a contact that took the address of a deleted one is met with its own values',
    story: contactUnderTheAddressOfADeletedOne,
  },
  {
    about: 'nobody is created under an address that another contact of the same batch is about to get',
    story: createdUnderAnAddressThatIsOnItsWay,
  },
  {
    about: 'an edit that another run saw just before a write went over it is told as a conflict',
    story: seenBesideAWriteThatWentOverIt,
  },
  {
    about:
      'a Lead that was created for a request is known, though its person was linked as a Contact meanwhile',
    story: leadOfARequestWhosePersonBecameAContact,
  },
  {
    about: 'a Lead is converted whose person opted in before: the two answers meet, and are not forgotten',
    story: optedInBeforeAConversion,
  },
  {
    about:
      'a contact is asked for whose deleted Lead is restored in that moment: the Lead goes on with its own link',
    story: requestOfALeadThatIsRestored,
  },
  {
    about:
      'the policy of a field is changed while an edit of it is due: the edit goes the way that the new one says',
    story: policyChangedWhileAnEditIsDue,
  },
  {
    about:
      'two runs meet at a person: one looks whenever the other has tried, and they do not go on so for ever',
    story: lookedAtWheneverItIsTried,
  },
  {
    about:
      'a worker dies before it notes that it created a Contact, somebody empties a field, and filling it is told',
    story: emptiedBeforeItsCreationWasNoted,
  },
  {
    about:
      'a contact meets its Lead in one run while another one creates it, and writes over what the meeting left to it',
    story: conflictThatTheOtherDirectionWouldDecide,
  },
  {
    about:
      'a worker dies while it writes an address, the old one is set back, and the one written is nobody’s edit',
    story: setBackAfterAWriteThatNobodyHeard,
  },
  {
    about:
      'a contact is read by one run while its creation waits for its turn in another, and is not written over',
    story: metWhileItsCreationWaited,
  },
];
