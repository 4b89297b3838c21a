import { type TestCase } from '../stage';
export const accessibility: readonly TestCase[] = [];
