// The bot's registration: Teams sends its messages to the Functions app, signed for our identity.
param tags object
param token string
param identityId string
param clientId string
param publicUrl string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: 'bot-keyvouch-${token}'
  location: 'global'
  tags: tags
  kind: 'azurebot'
  // F0 limits only the premium channels: Teams is a standard one.
  sku: { name: 'F0' }
  properties: {
    displayName: 'Keyvouch'
    endpoint: '${publicUrl}/api/messages'
    msaAppId: clientId
    msaAppType: 'UserAssignedMSI'
    msaAppMSIResourceId: identityId
    msaAppTenantId: tenant().tenantId
    disableLocalAuth: true
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}
