export { authenticate, digestOf, type ProofDeps, type SignedRequest } from './authenticate';
export { newCode } from './codes';
export { pair, type PairDeps } from './pair';
export { badRequest } from './refusals';
export { hashOfChallenge, type Made, type Verified, verifyRegistration } from './registration';
