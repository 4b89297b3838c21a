import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';

import { GUEST_IS_UP } from './initramfs';

/** How the guest ended, and all it printed. */
export interface GuestRun {
  readonly console: string;
  readonly ending: 'powered off' | 'did not come up' | 'timed out';
}

export interface GuestOptions {
  readonly image: string;
  readonly initramfs: string;
  readonly timeoutMs: number;
  readonly onLine: (line: string) => void;
}

const QEMU = 'qemu-system-x86_64';
/** With KVM a guest is up in a second or two; where KVM is there but does not work, it never is. */
const KVM_UP_WITHIN_MS = 10_000;

/**
 * Boots the guest and waits until it powers off. KVM is used where it works, else QEMU's own emulation, which is slower
 * but needs nothing of the machine. The host's files are there read-only.
 */
export async function bootMicroVm(options: GuestOptions): Promise<GuestRun> {
  if (kvmIsThere()) {
    const run = await boot('kvm', options, KVM_UP_WITHIN_MS);
    if (run.ending !== 'did not come up') return run;
  }
  return boot('tcg', options, options.timeoutMs);
}

function kvmIsThere(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function boot(accelerator: 'kvm' | 'tcg', options: GuestOptions, upWithinMs: number): Promise<GuestRun> {
  const args = [
    ...['-M', 'q35', '-accel', accelerator, '-m', '2048', '-smp', '2', '-nographic', '-no-reboot', '-net', 'none'],
    ...['-kernel', options.image, '-initrd', options.initramfs, '-append', 'console=ttyS0 quiet panic=-1'],
    ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
  ];
  return new Promise((resolve, reject) => {
    const qemu = spawn(QEMU, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let partial = '';
    let ending: GuestRun['ending'] = 'did not come up';
    const limit = setTimeout(() => {
      ending = 'timed out';
      qemu.kill('SIGKILL');
    }, options.timeoutMs);
    const upLimit = setTimeout(() => qemu.kill('SIGKILL'), upWithinMs);
    qemu.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const lines = (partial + chunk.toString()).split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines.map((one) => one.trim())) {
        if (line === GUEST_IS_UP) {
          clearTimeout(upLimit);
          ending = 'powered off';
        }
        options.onLine(line);
      }
    });
    qemu.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const stopClocks = (): void => {
      clearTimeout(limit);
      clearTimeout(upLimit);
    };
    qemu.on('error', (error) => {
      stopClocks();
      reject(new Error(`${QEMU} cannot be started (${error.message}): apt-get install -y qemu-system-x86`));
    });
    qemu.on('close', () => {
      stopClocks();
      resolve({ console: output, ending });
    });
  });
}
