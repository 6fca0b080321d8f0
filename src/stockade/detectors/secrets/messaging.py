"""Keys of chat, telephony, mail and push services."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
slack_bot | Slack bot token | xoxb-\d{8,14}-[A-Za-z0-9-]{12,80} | xoxb-
slack_user | Slack user token | xox[ps]-\d{5,13}-[A-Za-z0-9-]{10,120} | xoxp-,xoxs-
slack_workspace | Slack workspace token | xox[ar]-(?:\d-)?[A-Za-z0-9-]{8,80} | xoxa-,xoxr- | random
slack_other | Slack token of another kind | xox[co]-\d[A-Za-z0-9-]{10,120} | xoxc-,xoxo- | random
slack_cookie | Slack session cookie | xoxd-[A-Za-z0-9%/+_-]{20,300} | xoxd-
slack_app | Slack app token | xapp-\d-[A-Z0-9]{8,14}-\d{8,14}-[a-z0-9]{20,80} | xapp-
slack_app_other | Slack app token of another form | xapp-\d{8,14}-[A-Za-z0-9/-]{16,60} | xapp-
slack_config | Slack configuration token | xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{40,220} | xoxe
slack_webhook | Slack webhook | \
    hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,100} | hooks.slack.com | any
discord_webhook | Discord webhook | discord(?:app)?\.com/api/webhooks/\d{17,20}/[A-Za-z0-9_-]{60,70} | \
    /api/webhooks/
telegram | Telegram bot token | \d{5,16}:A[A-Za-z0-9_-]{34,36} | /[0-9]:a[a-z0-9_-]{8}/
~twilio_sid | Twilio account id | AC[0-9a-fA-F]{32} | /ac[0-9a-f]{8}/
twilio_key | Twilio key | SK[0-9a-fA-F]{32} | /sk[0-9a-f]{8}/
sendgrid | SendGrid key | SG\.[A-Za-z0-9=_-]{20,24}\.[A-Za-z0-9=_-]{39,50} | /sg\.[a-z0-9=_-]{12}/
mailgun | Mailgun key | key-[0-9a-z]{32}
~mailgun_public | Mailgun public key | pubkey-[0-9a-f]{32}
mailchimp | Mailchimp key | [0-9a-f]{32}-us\d{1,2} | /[0-9a-f]-us[0-9]/
brevo | Brevo key | xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}
brevo_smtp | Brevo SMTP key | xsmtpsib-[0-9a-f]{64}-[A-Za-z0-9]{16}
resend | Resend key | re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24} | /re_[a-z0-9]{8}_/
onesignal | OneSignal key | os_v2_(?:app|org)_[a-z0-9]{60,110} | os_v2_
microsoft_teams | Teams webhook | \
    https://[a-z0-9.-]{3,60}/webhook(?:b2)?/[A-Za-z0-9@-]{36,80}/IncomingWebhook/[A-Za-z0-9]\
    {32}/[A-Za-z0-9-]{36} | incomingwebhook
google_chat_webhook | Google Chat webhook | \
    chat\.googleapis\.com/v1/spaces/[A-Za-z0-9_-]{6,20}/messages\?key=[A-Za-z0-9_&=%-]{40,200} | \
    chat.googleapis.com
mailersend | MailerSend key | mlsn\.[0-9a-f]{64}
klaviyo | Klaviyo private key | pk_[0-9a-f]{34} | pk_
courier | Courier token | pk_(?:prod|test)_[A-Z0-9]{28} | pk_prod_,pk_test_
ntfy | ntfy token | tk_[a-z0-9]{29} | /tk_[a-z0-9]{20}/
wecom_webhook | WeCom webhook | qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=<uuid> | qyapi.weixin
dingtalk_webhook | DingTalk webhook | oapi\.dingtalk\.com/robot/send\?access_token=[0-9a-f]{64} | \
    oapi.dingtalk
feishu_webhook | Feishu or Lark webhook | \
    open\.(?:feishu|larksuite)\.(?:cn|com)/open-apis/bot/v2/hook/<uuid> | open-apis/bot
"""

_NEAR = r"""
~plivo | Plivo account id | MA[A-Z0-9]{18} | plivo
mailchimp_transactional | Mailchimp transactional key | md-[A-Za-z0-9_-]{22} | mandrill, mailchimp
mailgun_signing | Mailgun signing key | [0-9a-h]{32}-[0-9a-h]{8}-[0-9a-h]{8} | mailgun
discord_bot | Discord bot token | [MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45} | \
    discord, bot_token, bot token, bot-token, client.run, client.login
line_channel | LINE channel token | [A-Za-z0-9+/]{140,180}={0,2} | line_channel, line_channel_access_token
vonage | Vonage secret | [A-Za-z0-9]{16} | vonage_api_secret, nexmo_api_secret, nexmo, vonage
"""

_ASSIGNED = r"""
discord_key | Discord key | discord | [0-9a-f]{64}|[A-Za-z0-9=_-]{32}
~discord_client | Discord client id | discord | \d{18}
telegram_named | Telegram bot token of an older form | telegr | \d{5,16}:[A-Za-z0-9_-]{35}
twilio_token | Twilio auth token | twilio | [0-9a-f]{32}
mattermost | Mattermost token | mattermost | [A-Za-z0-9]{26}
messagebird | MessageBird token | messagebird, message_bird, message-bird | [A-Za-z0-9]{25}|<uuid>
postmark | Postmark token | postmark | <uuid>
sendbird | Sendbird token | sendbird | [0-9a-f]{40}|<uuid>
intercom | Intercom key | intercom | [A-Za-z0-9=_-]{60}
zendesk | Zendesk secret | zendesk | [A-Za-z0-9]{40}
zoom | Zoom secret | zoom | [A-Za-z0-9]{32,36}
freshdesk | Freshdesk key | freshdesk, freshservice | [A-Za-z0-9]{20}
sparkpost | SparkPost key | sparkpost | [0-9a-f]{40}
mailjet | Mailjet key or secret | mailjet | [0-9a-f]{32}
sendinblue_legacy | Brevo key, first form | sendinblue | [A-Za-z0-9]{32}
pusher | Pusher secret | pusher | [0-9a-f]{20}
pushover | Pushover token | pushover | [A-Za-z0-9]{30}
pushbullet | Pushbullet token | pushbullet | o\.[A-Za-z0-9]{32}
agora | Agora certificate | agora | [0-9a-f]{32}
stream_chat | Stream secret | getstream, stream_api, stream_chat | [a-z0-9]{64}
ably | Ably key | ably_key, ably_api, ablykey, ably-key | \
    [A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{43}
pubnub | PubNub key | pubnub | (?:sub|pub|sec)-c-[A-Za-z0-9-]{36,50}
rocketchat | Rocket.Chat token | rocketchat, rocket_chat, x-auth-token | [A-Za-z0-9_-]{43}
webex | Webex token | webex | [A-Za-z0-9]{64}_[A-Za-z0-9]{4}_<uuid>
aws_ses | SMTP password of Amazon SES | ses_smtp, smtp_password, smtp_pass, ses_password | [A-Za-z0-9+/]{44}
sinch | Sinch token | sinch | [0-9a-f]{32}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
