export { attestedKey, type AttestedKey } from './attested-key';
export { authenticate, type ProofDeps, type SignedRequest } from './authenticate';
export { newCode } from './codes';
export { digestOf } from './digest';
export { jobOf, type JobResult, readResult } from './job-result';
export { pair, type PairDeps } from './pair';
export { badRequest } from './refusals';
export { hashOfChallenge, type Made, type Verified, verifyRegistration } from './registration';
export { noteNextKey } from './rotate';
