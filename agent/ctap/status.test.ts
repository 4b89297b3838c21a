import { Fault } from '../protocol/fault';
import { ctapFault, hasStatus } from './ctap-fault';
import { STATUS, statusName } from './status';

describe('a status byte becomes', () => {
  it.each([
    [0x01, 'key-refused'],
    [0x02, 'key-request-rejected'],
    [0x03, 'key-request-rejected'],
    [0x05, 'key-no-touch'],
    [0x06, 'key-busy'],
    [0x11, 'key-request-rejected'],
    [0x12, 'key-request-rejected'],
    [0x14, 'key-request-rejected'],
    [0x15, 'key-limit-exceeded'],
    [0x17, 'key-fingerprints-full'],
    [0x18, 'key-large-blobs-full'],
    [0x19, 'key-already-registered'],
    [0x25, 'key-out-of-step'],
    [0x26, 'key-algorithm-unsupported'],
    [0x27, 'key-denied'],
    [0x28, 'key-full'],
    [0x2b, 'key-option-missing'],
    [0x2c, 'key-option-missing'],
    [0x2d, 'key-cancelled'],
    [0x2e, 'key-no-passkey'],
    [0x2f, 'key-no-touch'],
    [0x30, 'key-not-allowed'],
    [0x31, 'key-pin-wrong'],
    [0x32, 'key-pin-blocked'],
    [0x33, 'key-pin-token-refused'],
    [0x34, 'key-pin-replug'],
    [0x35, 'key-pin-not-set'],
    [0x36, 'key-pin-needed'],
    [0x37, 'key-pin-policy'],
    [0x39, 'key-request-too-large'],
    [0x3a, 'key-no-touch'],
    [0x3b, 'key-no-touch'],
    [0x3c, 'key-fingerprint-blocked'],
    [0x3e, 'key-refused'],
    [0x3f, 'key-fingerprint-wrong'],
    [0x40, 'key-permission-missing'],
    [0x7f, 'key-failed'],
    [0xe3, 'key-failed'],
    [0xf1, 'key-failed'],
    [0x99, 'key-failed'],
  ])('0x%x %s', (status, code) => {
    const fault = ctapFault(status);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ code, status, facts: { ctapStatus: status } });
    expect(hasStatus(fault, status)).toBe(true);
  });

  it('a sentence and a mend, whatever the byte', () => {
    for (let status = 1; status <= 0xff; status++) {
      const { say, todo, code } = ctapFault(status);
      expect(code).toMatch(/^key-[a-z-]+$/);
      expect(say).toMatch(/^[A-Z].*\.$/);
      expect(todo).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('a name of the specification', () => {
    expect(statusName(STATUS.PIN_AUTH_BLOCKED)).toBe('PIN_AUTH_BLOCKED');
    expect([0x99, 0xe0, 0xff].map(statusName)).toEqual(['UNKNOWN', 'EXTENSION', 'VENDOR']);
  });
});
