"""Keys of payment, shops, shipping, banking and coins."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
stripe_secret | Stripe secret key | (?:sk|rk)_(?:test|live|prod)_[A-Za-z0-9]{10,120} | \
    sk_test_,sk_live_,sk_prod_,rk_test_,rk_live_,rk_prod_
~stripe_publishable | Stripe publishable key | pk_(?:test|live|prod)_[A-Za-z0-9]{20,120} | \
    pk_test_,pk_live_,pk_prod_
stripe_webhook | Stripe webhook secret | whsec_[A-Za-z0-9+/=]{24,80}
square_access | Square access token | sq0atp-[A-Za-z0-9_-]{14,60}
square_secret | Square OAuth secret | sq0csp-[A-Za-z0-9_-]{30,60}
square_other | Square token of another kind | \
    (?:EAAA[A-Za-z0-9_-]{58,62}|sq0i[a-z]{2}-[A-Za-z0-9_-]{22,43}) | eaaa,sq0i | random
shopify_access | Shopify access token | shpat_[A-Za-z0-9]{32}
shopify_custom | Shopify custom app token | shpca_[A-Za-z0-9]{32}
shopify_private | Shopify private app token | shppa_[A-Za-z0-9]{32}
shopify_shared | Shopify shared secret | shpss_[A-Za-z0-9]{32}
shopify_partner | Shopify partner token | shp(?:rt|tka|ua)_[A-Za-z0-9]{32} | shprt_,shptka_,shpua_
paypal_braintree | Braintree access token | \
    access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32} | access_token$
plaid_access | Plaid access token | access-(?:sandbox|development|production)-<uuid> | \
    /access-(?:sandbox|development|production)-[0-9a-f]{8}/
adyen | Adyen key | AQE[a-z][A-Za-z0-9]{10}[A-Za-z0-9+/]{60,200}={0,2}-[A-Za-z0-9+/]\
    {20,60}=?-[A-Za-z0-9!#$%&()*+,./:;=?@^_~{}<>-]{10,30} | aqe
gocardless | GoCardless token | live_[A-Za-z0-9_=-]{40} | /live_[a-z0-9_=-]{12}/
~flutterwave_public | Flutterwave public key | FLWPUBK(?:_TEST)?-[0-9a-h]{32}-X | flwpubk
flutterwave_secret | Flutterwave secret key | FLWSECK(?:_TEST)?-[0-9a-h]{32}-X | flwseck
flutterwave_encryption | Flutterwave encryption key | FLWSECK_TEST[0-9a-h-]{12,14} | flwseck_test
razorpay | Razorpay key id | rzp_(?:test|live)_[A-Za-z0-9]{14} | rzp_
paystack | Paystack secret key | sk_(?:test|live)_[0-9a-f]{40} | sk_test_,sk_live_
polar | Polar token | polar_(?:pat|oat|at_u|at_o)_[A-Za-z0-9]{30,60} | polar_
paddle | Paddle key | pdl_(?:live|sdbx)_apikey_[A-Za-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3} | pdl_
easypost | EasyPost key | EZAK[A-Za-z0-9]{54}
easypost_test | EasyPost test key | EZTK[A-Za-z0-9]{54}
shippo | Shippo token | shippo_(?:live|test)_[0-9a-fA-F]{40} | shippo_
duffel | Duffel key | duffel_(?:test|live)_[A-Za-z0-9_=-]{43} | duffel_
coinbase_cdp | Coinbase developer key | organizations/<uuid>/apiKeys/<uuid> | /apikeys/
settlemint | SettleMint token | sm_(?:aat|pat|sat)_[A-Za-z0-9]{16} | sm_aat_,sm_pat_,sm_sat_
alchemy | Alchemy app key | alcht_[A-Za-z0-9]{30}
extended_private | Extended private key of a wallet | [xyz]prv[1-9A-HJ-NP-Za-km-z]{100,115} | xprv,yprv,zprv
xendit | Xendit secret key | xnd_(?:development|production)_[A-Za-z0-9]{40,70} | xnd_
midtrans | Midtrans server key | (?:SB-)?Mid-server-[A-Za-z0-9_-]{20,30} | mid-server-
mercadopago | Mercado Pago token | (?:APP_USR|TEST)-\d{12,20}-\d{6}-[0-9a-f]{32}-\d{6,12} | \
    /app_usr-[0-9]{8}/, /test-[0-9]{8}/
omise | Omise secret key | skey_(?:test_)?[a-z0-9]{19} | skey_
"""

_NEAR = r"""
chargebee | Chargebee key | (?:test|live)_[A-Za-z0-9]{32,40} | chargebee
revolut | Revolut merchant key | sk_[A-Za-z0-9_-]{64,80} | revolut
ethereum_key | Ethereum private key | 0x[0-9a-fA-F]{64} | \
    ethereum, wallet, mnemonic, eth_key, eth_private
mollie | Mollie key | (?:test|live)_[A-Za-z0-9]{30} | mollie
lob | Lob key | (?:live|test)_(?:pub_)?[0-9a-f]{31,35} | lob_api, lob_key, lob-api, lob.com, lobtoken
bitcoin_wif | Bitcoin private key | [5KL][1-9A-HJ-NP-Za-km-z]{50,51} | wallet, wif, bitcoin, btc
solana_key | Solana private key | [1-9A-HJ-NP-Za-km-z]{86,88} | solana
"""

_ASSIGNED = r"""
etsy | Etsy token | etsy | [A-Za-z0-9]{24}
finicity | Finicity token | finicity | [0-9a-f]{32}|[A-Za-z0-9]{20}
finnhub | Finnhub token | finnhub | [A-Za-z0-9]{20}
freshbooks | FreshBooks token | freshbooks | [A-Za-z0-9]{64}
kraken | Kraken key | kraken | [A-Za-z0-9/=_+-]{80,90}
kucoin | KuCoin key | kucoin | [0-9a-f]{24}|<uuid>
bittrex | Bittrex key | bittrex | [A-Za-z0-9]{32}
binance | Binance key | binance | [A-Za-z0-9]{64}
coinbase | Coinbase token | coinbase | [A-Za-z0-9_-]{64}
~plaid_client | Plaid client id | plaid | [A-Za-z0-9]{24}
plaid_secret | Plaid secret | plaid | [A-Za-z0-9]{30}
paypal_secret | PayPal client secret | paypal | [A-Za-z0-9_-]{80}
razorpay_secret | Razorpay secret | razorpay | [A-Za-z0-9]{24}
braintree_legacy | Braintree private key | braintree | [0-9a-f]{32}
recurly | Recurly key | recurly | [0-9a-f]{32}
wise | Wise token | transferwise, wise_api, wise_token | <uuid>
infura | Infura key | infura | [0-9a-f]{32}
etherscan | Etherscan key | etherscan, bscscan, polygonscan | [A-Z0-9]{34}
alpaca | Alpaca secret | alpaca, apca | [A-Za-z0-9]{40,44}
polygon_io | Polygon.io key | polygon_io, polygonio, polygon_api | [A-Za-z0-9_]{32}
iex | IEX token | iex | [ps]k_[0-9a-f]{32}
klarna | Klarna key | klarna | [A-Za-z0-9_-]{40,180}
bigcommerce | BigCommerce token | bigcommerce | [a-z0-9]{31}
woocommerce | WooCommerce secret | woocommerce, consumer_secret, consumer_key | c[ks]_[0-9a-f]{40}
magento | Magento access token | magento | [a-z0-9]{32}
shipstation | ShipStation secret | shipstation | [0-9a-f]{32}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
