#!/usr/bin/env bash
# Grants the identity its rights in Microsoft Graph; what is granted already stays as it is. Needs az (signed in as a
# Privileged Role Administrator) and jq; Azure Cloud Shell has both.
#   bash grant-graph.sh PRINCIPAL_ID [RIGHT ...]     the rights are of graph/optional-permissions.json
set -euo pipefail
cd "$(dirname "$0")"

principal=${1:?"say the identity's object id: azd env get-value KEYVOUCH_PRINCIPAL_ID"}
shift
for name; do
  jq -e --arg name "$name" 'has($name)' graph/optional-permissions.json >/dev/null || {
    echo "$name is none of the optional rights (graph/optional-permissions.json)." >&2
    exit 1
  }
done
graph=$(az ad sp show --id 00000003-0000-0000-c000-000000000000 --output json)
resource=$(jq -r .id <<<"$graph")
url="https://graph.microsoft.com/v1.0/servicePrincipals/$principal/appRoleAssignments"
# 999 is Graph's largest page; an application never has that many roles.
have=$(az rest --method get --url "$url?\$top=999" --output json | jq -r '.value[].appRoleId')

while read -r name; do
  role=$(jq -r --arg name "$name" \
    '.appRoles[] | select(.value == $name and (.allowedMemberTypes | index("Application"))) | .id' <<<"$graph")
  if [ -z "$role" ]; then
    echo "This tenant's Graph does not offer $name to applications." >&2
    exit 1
  elif grep -qxF "$role" <<<"$have"; then
    echo "has     $name"
  else
    az rest --method post --url "$url" --output none --body \
      "{\"principalId\":\"$principal\",\"resourceId\":\"$resource\",\"appRoleId\":\"$role\"}"
    echo "granted $name"
  fi
done < <(jq -r 'keys[]' graph/permissions.json && printf '%s\n' "$@" | grep .)
