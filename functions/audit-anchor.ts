import { app } from '@azure/functions';
import { product } from './compose';

/** Anchors the audit: signs, with a key that is not in the storage, where the chains of all tickets stand. */
app.timer('audit-anchor', {
  schedule: '0 */5 * * * *',
  handler: async () => {
    const { ledger } = await product();
    await ledger.anchor();
  },
});
