#!/usr/bin/env bash
# azd runs this after the resources stand: makes the seal if there is none yet, and the Teams package with the real ids.
set -euo pipefail
cd "$(dirname "$0")"

: "${KEYVOUCH_VAULT_NAME:?is an output of main.bicep: run this through azd}"
: "${KEYVOUCH_SEAL_SECRET:?is an output of main.bicep: run this through azd}"
: "${KEYVOUCH_APP_ID:?is an output of main.bicep: run this through azd}"
: "${KEYVOUCH_PUBLIC_URL:?is an output of main.bicep: run this through azd}"

# A new seal makes everything sealed before unreadable, so an unreadable vault must not count as an empty one.
names=$(az keyvault secret list --vault-name "$KEYVOUCH_VAULT_NAME" --query '[].name' --output tsv) || {
  echo "The vault $KEYVOUCH_VAULT_NAME cannot be read. A new role takes some minutes to count: run 'azd hooks run postprovision' again then." >&2
  exit 1
}
if grep -qxF "$KEYVOUCH_SEAL_SECRET" <<<"$names"; then
  echo "The seal is there already: left as it is."
else
  # Through a file that only this user can read: an argument would show in the list of processes.
  seal=$(mktemp)
  trap 'rm -f "$seal"' EXIT
  node -e "process.stdout.write(require('node:crypto').randomBytes(32).toString('base64url'))" >"$seal"
  az keyvault secret set --vault-name "$KEYVOUCH_VAULT_NAME" --name "$KEYVOUCH_SEAL_SECRET" --file "$seal" --encoding utf-8 --output none
  echo "The seal is made."
fi

npm --prefix ../.. run build
echo "Upload dist/teams/keyvouch-teams.zip in the Teams admin centre, then grant Graph (README.md, step 4)."
