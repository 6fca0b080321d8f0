"""Keys of messaging, mail, payment and shop services."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
slack_bot | Slack bot token | xoxb-\d{8,14}-[A-Za-z0-9-]{12,80} | xoxb-
slack_user | Slack user token | xox[ps]-\d{9,13}-[A-Za-z0-9-]{10,120} | xoxp-,xoxs-
slack_workspace | Slack workspace token | xox[ar]-(?:\d-)?[A-Za-z0-9-]{8,80} | xoxa-,xoxr-
slack_other | Slack token of another kind | xox[co]-[A-Za-z0-9-]{10,120} | xoxc-,xoxo-
slack_cookie | Slack session cookie | xoxd-[A-Za-z0-9%/+_-]{20,300} | xoxd-
slack_app | Slack app token | xapp-\d-[A-Z0-9]{8,14}-\d{8,14}-[a-z0-9]{20,80} | xapp-
slack_app_other | Slack app token of another form | xapp-\d{8,14}-[A-Za-z0-9/-]{16,60} | xapp-
slack_config | Slack configuration token | xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{40,220} | xoxe
slack_webhook | Slack webhook | hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,60} | \
    hooks.slack.com | any
discord_webhook | Discord webhook | discord(?:app)?\.com/api/webhooks/\d{17,20}/[A-Za-z0-9_-]{60,70} | \
    /api/webhooks/
telegram | Telegram bot token | \d{5,16}:A[A-Za-z0-9_-]{34,36} | :a
twilio_sid | Twilio account id | AC[0-9a-fA-F]{32} | ac
twilio_key | Twilio key | SK[0-9a-fA-F]{32} | sk
twitch_stream | Twitch stream key | live_\d{6,12}_[A-Za-z0-9]{28,34}
sendgrid | SendGrid key | SG\.[A-Za-z0-9=_.-]{20,24}[.-][A-Za-z0-9=_.-]{39,50} | sg.
mailgun | Mailgun key | key-[0-9a-f]{32}
mailgun_public | Mailgun public key | pubkey-[0-9a-f]{32}
mailgun_signing | Mailgun signing key | [0-9a-h]{32}-[0-9a-h]{8}-[0-9a-h]{8} | mailgun,-
mailchimp | Mailchimp key | [0-9a-f]{32}-us\d{1,2} | -us
brevo | Brevo key | xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}
brevo_smtp | Brevo SMTP key | xsmtpsib-[0-9a-f]{64}-[A-Za-z0-9]{16}
resend | Resend key | re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}
onesignal | OneSignal key | os_v2_(?:app|org)_[a-z0-9]{60,110} | os_v2_
stripe_secret | Stripe secret key | (?:sk|rk)_(?:test|live|prod)_[A-Za-z0-9]{10,120} | \
    sk_test_,sk_live_,sk_prod_,rk_test_,rk_live_,rk_prod_
stripe_webhook | Stripe webhook secret | whsec_[A-Za-z0-9+/=]{24,80}
square_access | Square access token | sq0atp-[A-Za-z0-9_-]{14,60}
square_secret | Square OAuth secret | sq0csp-[A-Za-z0-9_-]{30,60}
square_other | Square token of another kind | \
    (?:EAAA[A-Za-z0-9_-]{58,62}|sq0i[a-z]{2}-[A-Za-z0-9_-]{22,43}) | \
    eaaa,sq0i
shopify_access | Shopify access token | shpat_[A-Za-z0-9]{32}
shopify_custom | Shopify custom app token | shpca_[A-Za-z0-9]{32}
shopify_private | Shopify private app token | shppa_[A-Za-z0-9]{32}
shopify_shared | Shopify shared secret | shpss_[A-Za-z0-9]{32}
shopify_partner | Shopify partner token | shp(?:rt|tka|ua)_[A-Za-z0-9]{32} | shprt_,shptka_,shpua_
paypal_braintree | Braintree access token | \
    access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32} | \
    access_token$
plaid_access | Plaid access token | access-(?:sandbox|development|production)-<uuid> | access-
adyen | Adyen key | AQE[a-z][A-Za-z0-9]{10}[A-Za-z0-9+/]{60,200}={0,2}-[A-Za-z0-9+/]{20,60}=?-\
    [A-Za-z0-9!#$%&()*+,./:;=?@^_~-]{10,30} | aqe
gocardless | GoCardless token | live_[A-Za-z0-9_=-]{40} | live_
flutterwave_public | Flutterwave public key | FLWPUBK_TEST-[0-9a-h]{32}-X
flutterwave_secret | Flutterwave secret key | FLWSECK(?:_TEST)?-[0-9a-h]{32}-X | flwseck
flutterwave_encryption | Flutterwave encryption key | FLWSECK_TEST[0-9a-h-]{12,14} | flwseck_test
razorpay | Razorpay key id | rzp_(?:test|live)_[A-Za-z0-9]{14} | rzp_
paystack | Paystack secret key | sk_(?:test|live)_[0-9a-f]{40} | sk_test_,sk_live_
lemonsqueezy_like | Polar token | polar_(?:pat|oat|at_u|at_o)_[A-Za-z0-9]{30,60} | polar_
easypost | EasyPost key | EZAK[A-Za-z0-9]{54}
easypost_test | EasyPost test key | EZTK[A-Za-z0-9]{54}
shippo | Shippo token | shippo_(?:live|test)_[0-9a-fA-F]{40} | shippo_
duffel | Duffel key | duffel_(?:test|live)_[A-Za-z0-9_=-]{43} | duffel_
coinbase_cdp | Coinbase developer key | organizations/<uuid>/apiKeys/<uuid> | /apikeys/
ethereum_key | Ethereum private key | 0x[0-9a-fA-F]{64} | 0x
settlemint | SettleMint token | sm_(?:aat|pat|sat)_[A-Za-z0-9]{16} | sm_aat_,sm_pat_,sm_sat_
facebook_page | Facebook access token | EAA[A-Za-z0-9]{1,8}[A-Za-z0-9_-]{80,300} | eaa
facebook_app | Facebook app token | \d{15,16}(?:\||%7C)[A-Za-z0-9_-]{27,40} | facebook,access_token,|,%7c
instagram | Instagram token | IG(?:QV|AA)[A-Za-z0-9_-]{60,250} | igqv,igaa
wechat_app | WeChat app id | wx[0-9a-f]{16} | wx
twitter_bearer | Twitter bearer token | A{22}[A-Za-z0-9%]{80,120} | aaaaaaaaaaaaaaaaaaaaaa | any
hubspot_pat | HubSpot private app token | pat-(?:na|eu|ap)\d-<uuid> | pat-na,pat-eu,pat-ap
salesforce_token | Salesforce session id | 00D[A-Za-z0-9]{12,15}![A-Za-z0-9._-]{60,130} | 00d
salesforce_consumer | Salesforce consumer key | 3MVG[A-Za-z0-9._-]{60,120} | 3mvg
salesforce_org | Salesforce organization id | 00D[A-Za-z0-9]{12,15} | 00d
adobe_secret | Adobe client secret | p8e-[A-Za-z0-9-]{32}
dropbox_short | Dropbox short-lived token | sl\.[A-Za-z0-9_=-]{130,200} | sl.
dropbox_long | Dropbox long-lived token | [A-Za-z0-9]{11}AAAAAAAAAA[A-Za-z0-9_=-]{43} | aaaaaaaaaa | any
typeform | Typeform token | tfp_[A-Za-z0-9_.=-]{59}
frameio | Frame.io token | fio-u-[A-Za-z0-9_=-]{64}
intra42 | Intra42 client secret | s-s4t2(?:ud|af)-[0-9a-f]{64}
contentful_pat | Contentful personal token | CFPAT-[A-Za-z0-9_-]{43}
mapbox | Mapbox token | [pst]k\.[A-Za-z0-9]{40,120}\.[A-Za-z0-9_-]{22} | pk.,sk.,tk.
blynk | Blynk client id | oa2-client-id_[A-Za-z0-9_-]{20,40} | oa2-client-id_
adafruit_io | Adafruit IO key | aio_[A-Za-z0-9]{28}
"""

_NEAR = r"""
mollie | Mollie key | (?:test|live)_[A-Za-z0-9]{30} | mollie
lob | Lob key | (?:live|test)_(?:pub_)?[0-9a-f]{31,35} | lob
bitcoin_wif | Bitcoin private key | [5KL][1-9A-HJ-NP-Za-km-z]{50,51} | wallet,wif,private,bitcoin,btc
linkedin_token | LinkedIn token | AQ[A-Z][A-Za-z0-9_-]{80,400} | linkedin
kagi | Kagi key | [A-Za-z0-9]{8}-[A-Za-z0-9]{3}\.[A-Za-z0-9_-]{43} | kagi
beamer | Beamer key | b_[A-Za-z0-9=_-]{44} | beamer
discord_bot | Discord bot token | [MNO][A-Za-z0-9_-]{23,25}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,45} | \
    discord, bot, token, mt, nz, oj, od, nd
"""

_ASSIGNED = r"""
adafruit | Adafruit key | adafruit | [A-Za-z0-9_-]{32}
adobe_client | Adobe client id | adobe | [0-9a-f]{32}
discord_key | Discord key | discord | [0-9a-f]{64}|[A-Za-z0-9=_-]{32}
discord_client | Discord client id | discord | \d{18}
dropbox | Dropbox token | dropbox | [A-Za-z0-9]{15}
etsy | Etsy token | etsy | [A-Za-z0-9]{24}
facebook_secret | Facebook secret | facebook, fb_app, fbconnect | [0-9a-f]{32}
finicity | Finicity token | finicity | [0-9a-f]{32}|[A-Za-z0-9]{20}
finnhub | Finnhub token | finnhub | [A-Za-z0-9]{20}
flickr | Flickr token | flickr | [A-Za-z0-9]{32}
freshbooks | FreshBooks token | freshbooks | [A-Za-z0-9]{64}
hubspot | HubSpot key | hubspot | <uuid>
kraken | Kraken key | kraken | [A-Za-z0-9/=_+-]{80,90}
kucoin | KuCoin key | kucoin | [0-9a-f]{24}|<uuid>
bittrex | Bittrex key | bittrex | [A-Za-z0-9]{32}
binance | Binance key | binance | [A-Za-z0-9]{64}
coinbase | Coinbase token | coinbase | [A-Za-z0-9_-]{64}
linkedin | LinkedIn key | linkedin, linked_in, linked-in | [A-Za-z0-9]{14}|[A-Za-z0-9]{16}
looker | Looker key | looker | [A-Za-z0-9]{20}|[A-Za-z0-9]{24}
mattermost | Mattermost token | mattermost | [A-Za-z0-9]{26}
maxmind | MaxMind license key | maxmind | [A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk
messagebird | MessageBird token | messagebird, message_bird, message-bird | [A-Za-z0-9]{25}|<uuid>
nytimes | New York Times key | nytimes, new-york-times, newyorktimes | [A-Za-z0-9=_-]{32}
okta | Okta token | okta | 00[A-Za-z0-9=_-]{40}
plaid_client | Plaid client id | plaid | [A-Za-z0-9]{24}
plaid_secret | Plaid secret | plaid | [A-Za-z0-9]{30}
postmark | Postmark token | postmark | <uuid>
rapidapi | RapidAPI key | rapidapi | [A-Za-z0-9_-]{50}
sendbird | Sendbird token | sendbird | [0-9a-f]{40}|<uuid>
squarespace | Squarespace token | squarespace | <uuid>
twilio_token | Twilio auth token | twilio | [0-9a-f]{32}
twitch | Twitch token | twitch | [A-Za-z0-9]{30}
twitter | Twitter key | twitter | [A-Za-z0-9]{25}|[A-Za-z0-9]{45}|[A-Za-z0-9]{50}|\d{15,25}-[A-Za-z0-9]{20,40}
zendesk | Zendesk secret | zendesk | [A-Za-z0-9]{40}
zoom | Zoom secret | zoom | [A-Za-z0-9]{32,36}
auth0_secret | Auth0 client secret | auth0 | [A-Za-z0-9_-]{64}
spotify | Spotify secret | spotify | [0-9a-f]{32}
google_secret_legacy | Google OAuth client secret, first form | google, clientsecret, client_secret | \
    [A-Za-z0-9_-]{24}
particle | Particle token | particle | [0-9a-f]{40}
nasa | NASA key | nasa | [A-Za-z0-9]{40}
thingsboard | ThingsBoard token | thingsboard, provisiondevice, provision_device | [A-Za-z0-9]{20}
fitbit | Fitbit secret | fitbit | [0-9a-f]{32}
pusher | Pusher secret | pusher | [0-9a-f]{20}
amplitude | Amplitude key | amplitude | [0-9a-f]{32}
mixpanel | Mixpanel secret | mixpanel | [0-9a-f]{32}
zapier | Zapier key | zapier | [A-Za-z0-9]{32,48}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
