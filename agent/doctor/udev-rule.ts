/** Where the rule belongs: before 73-seat-late.rules, which hands out what is tagged `uaccess`. */
export const UDEV_RULE_PATH = '/etc/udev/rules.d/70-keyvouch.rules';

/**
 * Lets whoever sits at the machine open security keys of any maker. systemd's own `fido_id` (since 244) reads the report
 * descriptor for FIDO's usage page, so that no list of vendors has to be kept.
 */
export const UDEV_RULE = `# Security keys (FIDO usage page, any maker) for the person who is logged in at this seat. From Keyvouch.
ACTION=="remove", GOTO="keyvouch_end"
SUBSYSTEM!="hidraw", GOTO="keyvouch_end"
IMPORT{program}="fido_id"
ENV{ID_SECURITY_TOKEN}=="1", TAG+="uaccess"
LABEL="keyvouch_end"
`;

/** The commands that put the rule in its place, for root's shell. */
export const UDEV_INSTALL = `cat > ${UDEV_RULE_PATH} <<'RULE'
${UDEV_RULE}RULE
udevadm control --reload && udevadm trigger --subsystem-match=hidraw
`;

/** Whether a rules file lets a user open security keys: by class as ours and systemd's do, or by a list of vendors. */
export function grantsAccess(rules: string): boolean {
  const lines = rules.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  return lines.some((line) => line.includes('uaccess') && /ID_(?:SECURITY|FIDO)_TOKEN|hidraw.*idVendor/.test(line));
}
