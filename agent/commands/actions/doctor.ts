import { examine } from '../../doctor/doctor';
import { thisMachine } from '../../doctor/machine';
import { reportText, verdictOf } from '../../doctor/report';
import { openConnection } from '../../service/connection';
import { dataDirectory } from '../../service/data-directory';
import { serviceUrl } from '../../service/service-url';
import { type DoctorCommandOptions } from '../doctor';
import { EXIT } from '../exit-status';
import { type Outcome } from '../run-command';
import { agentVersion } from '../version';

/** Looks at this machine; the exit status tells whether something stands in the way. */
export async function doctor(options: DoctorCommandOptions): Promise<Outcome<'doctor'>> {
  const given = options.service ?? process.env['KEYVOUCH_SERVICE'];
  const findings = await examine(thisMachine(dataDirectory(options.data), options.device), {
    service: given ? serviceUrl(given) : undefined,
    allowRemote: options.allowRemote === true,
    open: (service) => openConnection(service, options.ca === undefined ? {} : { caFile: options.ca }),
  });
  const verdict = verdictOf(findings);
  return {
    document: { agent: agentVersion(), platform: `${process.platform}-${process.arch}`, verdict, checks: findings },
    text: reportText(findings),
    status: verdict === 'stop' ? EXIT.inTheWay : EXIT.done,
  };
}
