import { type PersonRef } from '../tickets/people';
import { type ExportWanted } from './export';
import { type Delivered } from './messenger';

/** What a file that is offered would hold, and when it was offered. Teams gives it back with the person's yes. */
export interface FileOffer {
  wanted: ExportWanted;
  /** ISO 8601. */
  at: string;
}

/** Files out, in Teams' own way: the person is asked first, and the file is made once they accept. */
export interface FileMessenger {
  /** Asks in the person's own chat. @param about what the file holds, in the person's language */
  offerFile(message: { person: PersonRef; name: string; about: string; offer: FileOffer }): Promise<Delivered>;
}
