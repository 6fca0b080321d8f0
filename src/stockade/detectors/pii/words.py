"""Context words: what stands to the left of a value and says what it is, in many languages at once.

Written as people write them; folded by `context` as the text is. Short words that are also something else
("id", "no") are left out unless a pattern is strict. No language has to be chosen.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import CONTEXT_BYTES, Context
from stockade.detectors.normalize.fold import fold_character


def context(name: str, text: str, reach: int = CONTEXT_BYTES) -> Context:
    """Return the words of *text*, separated by ``|``, as a folded context."""
    words = (folded(word.strip()) for word in text.split("|"))
    return Context(name, tuple(dict.fromkeys(word for word in words if word)), reach)


def folded(word: str) -> str:
    """Return *word* as the scanner sees it, in lower case."""
    return "".join(fold_character(char) for char in word).lower()


PHONE = (
    "phone|phones|telephone|tel|tel.|telf|tlf|tfno|tfn|mobile|mobil|cell|cellphone|cellular|call|"
    "called|calling|text me|whatsapp|fax|sms|dial|ring|contact|reach me|reach him|reach her|hotline|"
    "landline|direct line|voicemail|signal|telefon|telefonnummer|handy|handynummer|mobilnummer|"
    "rufnummer|ruf|anrufen|durchwahl|erreichbar|telephone|téléphone|portable|appeler|appelez|numéro|"
    "joindre|joignable|teléfono|teléfonos|móvil|celular|llamar|llame|llámame|telefone|telemóvel|"
    "ligar|ligue|telefono|cellulare|chiamare|chiama|numero|telefoon|telefoonnummer|mobiel|bel|"
    "puhelin|puh|telefonu|komórka|numer|telefonszám|telefón|telefonní|cep|телефон|тел|моб|мобильный|"
    "звоните|номер|τηλέφωνο|κινητό|טלפון|נייד|هاتف|جوال|موبايل|फ़ोन|फोन|मोबाइल|电话|手机|联系电话|電話|手機|携帯|"
    "전화|휴대폰|연락처|โทร|điện thoại|sđt|telepon|nomor"
)
SSN = (
    "ssn|ssns|social security|social security number|social security no|ss#|ss no|soc sec|ni/ssn|"
    "tax id|taxpayer id|seguro social|numero de seguro social|sécurité sociale|sozialversicherung|"
    "sozialversicherungsnummer"
)
CARD = (
    "card|cards|credit card|debit card|cc|ccn|pan|visa|mastercard|amex|american express|discover|"
    "diners|jcb|maestro|kreditkarte|kreditkartennummer|karte|kartennummer|carte|carte bancaire|"
    "carte bleue|tarjeta|cartão|carta|carta di credito|kort|kortnummer|luottokortti|karta|karty|"
    "číslo karty|kart|kredi kartı|карта|карты|κάρτα|כרטיס|بطاقة|कार्ड|信用卡|卡号|カード|카드|thẻ|kartu"
)
# Words after which a number is a number of a thing, not of a person.
THING = (
    "order|orders|order no|order number|order id|tracking|tracking number|shipment|invoice|"
    "invoice no|receipt|ticket|case|issue|issues|bug|build|version|ver|release|revision|rev|commit|"
    "sha|md5|hash|checksum|digest|uuid|guid|isbn|issn|doi|ean|upc|gtin|sku|part no|part number|"
    "model|timestamp|epoch|unix time|port|line|offset|page|pages|bestellung|bestellnummer|"
    "bestell-nr|rechnung|rechnungsnummer|commande|facture|pedido|factura|ordine|fattura"
)
VERSION = "version|versions|ver|release|build|firmware|oid|section|chapter|rev|revision|schema|v|clause|§"
