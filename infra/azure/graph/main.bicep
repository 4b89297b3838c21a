// The identity's rights in Microsoft Graph. Apart from the rest, and optional: whoever deploys this needs
// AppRoleAssignment.ReadWrite.All and Application.Read.All, and two bugs of the extension are still open: it may refuse
// the first run right after the identity was made, and a right that is there already. grant-graph.sh has neither.
extension microsoftGraphV1

@description('Object id of the identity: the output KEYVOUCH_PRINCIPAL_ID of the main deployment.')
param principalId string

// Exactly what bot/entra/permissions.ts asks for: npm run check compares the two.
var names = objectKeys(loadJsonContent('permissions.json'))

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource grants 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for name in names: {
    principalId: principalId
    resourceId: graph.id
    appRoleId: filter(graph.appRoles, role => role.value == name && contains(role.allowedMemberTypes, 'Application'))[0].id
  }
]

output granted array = names
