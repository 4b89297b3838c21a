// Keyvouch in one resource group. azd gives the parameters (main.parameters.json).
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Names this deployment: one azd environment, one Keyvouch.')
param environmentName string

@description('An Azure region that has Flex Consumption.')
param location string

@description('Object id of whoever deploys: may write the seal into the vault. Empty leaves that to somebody else.')
param deployerId string = ''

@description('Object id of the Entra group whose members are the helpdesk.')
param helpdeskGroup string

@description('Object ids of the emergency accounts, separated by commas. Every ordinary flow refuses them.')
param emergencyAccounts string = ''

@description('Fits the user name of an admin account; its one group is the name of the same person\'s everyday account, as in ^adm-(.+)$. Empty: no such rule.')
param adminPattern string = ''

@description('PEM certificates that security keys must chain to, or the base64 of that text.')
param attestationRoots string = ''

@allowed(['refuse', 'allow'])
@description('What happens to a security key that cannot prove its model.')
param unattested string = 'refuse'

@description('How many minutes a Temporary Access Pass lives.')
param passMinutes string = '60'

@description('off in a tenant without Entra ID P2, where nothing can be eligible through Privileged Identity Management.')
@allowed(['on', 'off'])
param pim string = 'on'

@description('Whether a lost key goes at once when its owner reports it and has another strong way to sign in.')
@allowed(['on', 'off'])
param containment string = 'on'

@description('The one mailbox that mails are sent from. Empty: nobody is told by mail.')
param mailbox string = ''

@allowed(['on', 'off'])
@description('Whether "this was not me" also blocks signing in to the account.')
param freezeBlocksSignIn string = 'off'

@allowed(['en', 'de'])
@description('The language for people whose own is not known.')
param language string = 'en'

@description('Conversation ids of group chats and channels in which tickets may be shown although not everybody there is of the helpdesk, with commas between them.')
param helpdeskChannels string = ''

@allowed(['20', '22'])
@description('Node.js version of the Functions worker.')
param nodeVersion string = '22'

@minValue(0)
@maxValue(10)
@description('Instances that are always warm. 0 costs nothing while nobody asks; 1 spares the first click a cold start.')
param alwaysReady int = 0

var tags = { 'azd-env-name': environmentName, product: 'keyvouch' }
var token = uniqueString(subscription().id, environmentName, location)

// Who may approve, and which accounts belong together, are files beside this one: a change of rule is a reviewed change.
var rules = string(loadJsonContent('rules.json'))
var limits = string(loadJsonContent('limits.json'))
var managerChanged = string(loadJsonContent('manager-changed.json'))
var linkedAccounts = string(loadJsonContent('linked-accounts.json'))

// Another ticket system that is told of tickets. What it is told with lies in the vault, not here.
var outer = string(loadJsonContent('outer.json'))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-keyvouch-${environmentName}'
  location: location
  tags: tags
}

module identity 'identity.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token }
}

module telemetry 'telemetry.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    principalId: identity.outputs.principalId
  }
}

module storage 'storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    principalId: identity.outputs.principalId
  }
}

module vault 'vault.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    principalId: identity.outputs.principalId
    deployerId: deployerId
    workspaceId: telemetry.outputs.workspaceId
  }
}

module functions 'functions.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    nodeVersion: nodeVersion
    alwaysReady: alwaysReady
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    insightsName: telemetry.outputs.insightsName
    keyVaultUrl: vault.outputs.url
    signingKey: vault.outputs.signingKey
    sealSecret: vault.outputs.sealSecret
    helpdeskGroup: helpdeskGroup
    rules: rules
    limits: limits
    managerChanged: managerChanged
    emergencyAccounts: emergencyAccounts
    linkedAccounts: linkedAccounts
    adminPattern: adminPattern
    attestationRoots: attestationRoots
    unattested: unattested
    passMinutes: passMinutes
    pim: pim
    containment: containment
    mailbox: mailbox
    freezeBlocksSignIn: freezeBlocksSignIn
    outer: outer
    language: language
    helpdeskChannels: helpdeskChannels
  }
}

module bot 'bot.bicep' = {
  scope: group
  params: {
    tags: tags
    token: token
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    publicUrl: functions.outputs.publicUrl
  }
}

// azd keeps these in its environment: after-provision.sh and the build of the Teams package read them there.
output AZURE_RESOURCE_GROUP string = group.name
output KEYVOUCH_APP_ID string = identity.outputs.clientId
output KEYVOUCH_PRINCIPAL_ID string = identity.outputs.principalId
output KEYVOUCH_PUBLIC_URL string = functions.outputs.publicUrl
output KEYVOUCH_VAULT_NAME string = vault.outputs.name
output KEYVOUCH_SEAL_SECRET string = vault.outputs.sealSecret
