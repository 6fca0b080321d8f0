"""Context words for papers and things: identity, tax, social security, driving, vehicles, devices.

Written as people write them, in many languages; what a word proves is the table's business.
"""

from __future__ import annotations

PASSPORT = """
passport, passports, passport no, passport number, reisepass, reisepassnummer, passnummer, pass-nr,
pass-nr., passnr, reisepass-nr, ausweis, passeport, numéro de passeport, n° de passeport, pasaporte,
número de pasaporte, passaporte, passaporto, numero di passaporto, paspoort, paspoortnummer, passinumero,
vegabréf, paszport, paszportu, numer paszportu, cestovní pas, číslo pasu, cestovný pas, útlevél,
útlevélszám, pașaport, pașaportului, putovnica, potni list, pasaport, pasaport numarası, паспорт,
паспорта, номер паспорта, загранпаспорт, διαβατήριο, διαβατηρίου, דרכון, מספר דרכון, جواز سفر, جواز السفر,
رقم الجواز, گذرنامه, पासपोर्ट, পাসপোর্ট, 护照, 护照号, 護照, 護照號碼, パスポート, 旅券, 旅券番号, 여권,
여권번호, หนังสือเดินทาง, พาสปอร์ต, hộ chiếu, số hộ chiếu, paspor, nomor paspor, pasipoti, paspas
"""
LICENSE = """
driver license, drivers license, driver's license, driver’s license, driver licence, driver's licence,
driver’s licence, drivers licence, driving licence, driving license, driver lic, licence number,
license number, licence no, license no, dln, dl no, dl#, dl number, operator license, learner permit,
führerschein, führerscheinnummer, führerschein-nr, permis de conduire, carnet de conducir,
permiso de conducir, permiso de conducción, licencia de conducir, licencia de conducción,
licencia de manejo, carta de condução, carteira de motorista, carteira nacional de habilitação, cnh,
patente di guida, rijbewijs, rijbewijsnummer, körkort, körkortsnummer, kørekort, førerkort,
førerkortnummer, ajokortti, ökuskírteini, prawo jazdy, prawa jazdy, řidičský průkaz, řidičského průkazu,
vodičský preukaz, jogosítvány, vezetői engedély, permis auto, permisul de conducere, vozačka dozvola,
vozniško dovoljenje, ehliyet, sürücü belgesi, водительское удостоверение, водительские права,
водійське посвідчення, шофьорска книжка, возачка дозвола, δίπλωμα οδήγησης, άδεια οδήγησης, רישיון נהיגה,
רישיון, رخصة القيادة, رخصة قيادة, گواهینامه, ड्राइविंग लाइसेंस, 驾照, 驾驶证, 駕照, 運転免許, 運転免許証,
免許証, 운전면허, 운전면허증, ใบขับขี่, bằng lái, giấy phép lái xe, surat izin mengemudi,
leseni ya udereva
"""
NATIONAL = """
national id, national identity, national identification, national insurance, national number, id number,
id no, id no., id card, identity card, identity number, identity document, identification number,
identification no, personal number, personal id, personal code, citizen id, citizen number,
citizen service number, resident id, civil id, govt id, government id, personalausweis,
personalausweisnummer, ausweisnummer, ausweis-nr, personenkennziffer, identitätskarte, carte d'identité,
carte nationale d'identité, cni, numéro d'identité, pièce d'identité, dni, nie, nif, dni/nif, dni/nie,
n.i.f, d.n.i, documento de identidad, documento nacional, cédula, cédula de identidad,
cédula de ciudadanía, número de identificación, número de identidad, bilhete de identidade,
cartão de cidadão, documento de identidade, carta d'identità, documento d'identità, codice fiscale,
identiteitskaart, identiteitsbewijs, identiteitskaartnummer, rijksregisternummer, burgerservicenummer,
personnummer, personnr, cpr, cpr-nr, cpr-nummer, fødselsnummer, fødselsnr, henkilötunnus, hetu, kennitala,
dowód osobisty, dowodu osobistego, numer dowodu, seria i numer dowodu, občanský průkaz, občiansky preukaz,
rodné číslo, személyi szám, személyi igazolvány, személyazonosító, carte de identitate, buletin,
cod numeric personal, osobna iskaznica, osebna izkaznica, lična karta, matični broj, isikukood,
personas kods, asmens kodas, kimlik, kimlik no, kimlik numarası, tc kimlik, t.c. kimlik,
удостоверение личности, личный номер, егн, лична карта, матичен број, ταυτότητα, ταυτότητας,
αριθμός ταυτότητας, תעודת זהות, ת.ז, ת.ז., ת״ז, הוית רقم, رقم الهوية, الهوية الوطنية, رقم وطني,
بطاقة الهوية, الرقم القومي, کد ملی, आधार, पहचान, 身份证, 身份证号, 身分證, 身份證, マイナンバー, 個人番号,
주민등록번호, 주민번호, บัตรประชาชน, เลขประจำตัวประชาชน, căn cước, cccd, cmnd, chứng minh nhân dân, nik,
nomor induk kependudukan, ktp, kitambulisho
"""
TAX = """
tax id, tax no, tax number, tax code, tax identification, taxpayer, taxpayer id, taxpayer identification,
tin, tax file, tax reference, tax ref, vat, vat no, vat number, vat id, steuer-id, steuerid, steuer-idnr,
steueridentifikationsnummer, steuer-identifikationsnummer, steuernummer, steuer-nr, st.-nr, st-nr, idnr,
id-nr, ust-id, ust-idnr, ust-id-nr, umsatzsteuer, mwst, numéro fiscal, numéro fiscale, référence fiscale,
numéro spi, spi, identifiant fiscal, tva, nif, cif, identificación fiscal, rfc, cuit, cuil, rut, ruc,
contribuinte, contribuyente, número de contribuinte, cpf, cnpj, inscrição, codice fiscale, partita iva,
p.iva, p. iva, c.f., btw-nummer, fiscaal nummer, rsin, skattenummer, momsnummer, moms, skatteid,
veronumero, alv, nip, regon, numer identyfikacji podatkowej, dič, ič dph, daňové, adóazonosító, adószám,
adóazonosító jel, cod fiscal, oib, davčna številka, davčna, pib, vergi, vergi no, vergi kimlik, vkn, инн,
идентификационный номер, унп, ipn, рнокпп, іпн, ідентифікаційний номер, еик, булстат, αφμ, α.φ.μ, α.φ.μ.,
φπα, עוסק מורשה, ח.פ, الرقم الضريبي, رقم ضريبي, कर पहचान, पैन, pan, gstin, 税号, 纳税人, 統一編號, 稅籍,
사업자등록번호, 사업자, 法人番号, ผู้เสียภาษี, mã số thuế, mst, npwp
"""
SOCIAL = """
social security, social security number, social security no, social security #, ssn, ssns, ss#, ss no,
soc sec, social insurance, social insurance number, sozialversicherung, sozialversicherungsnummer,
sozialversicherungs-nr, sv-nummer, sv-nr, svnr, rentenversicherungsnummer, rvnr, versicherungsnummer,
vsnr, sécurité sociale, numéro de sécurité sociale, n° de sécurité sociale, numéro de sécu, n° sécu, nir,
insee, niss, inss, numéro national, numéro avs, avs, ahv, ahv-nummer, ahv-nr, seguro social,
seguridad social, número de la seguridad social, número de seguridad social, afiliación, nss, nuss, nass,
imss, segurança social, previdência, pis, pasep, nis, sicurezza sociale, previdenza, tessera sanitaria,
rijksregister, bsn, sofinummer, sofi-nummer, socialförsäkring, personnummer, kela, ubezpieczenie,
ubezpieczenia społecznego, pesel, sociální pojištění, rodné číslo, r.č., taj, taj szám, taj-szám,
társadalombiztosítási, asigurare, cnp, sgk, sosyal güvenlik, снилс, страховой номер, пенсионное, амка,
αμκα, α.μ.κ.α, ביטוח לאומי, الضمان الاجتماعي, تأمينات, 社保, 社会保障, 社會保險, 社会保険, 基礎年金番号,
국민연금, ประกันสังคม, bảo hiểm xã hội, bhxh, bpjs, jaminan sosial
"""
PLATE = """
plate, plates, license plate, licence plate, number plate, plate number, plate no, registration plate,
reg plate, vehicle registration, registration number, car registration, vehicle reg, vrm, vrn, reg no,
reg., rego, kennzeichen, kfz-kennzeichen, autokennzeichen, nummernschild, amtliches kennzeichen,
immatriculé, immatriculée, immatriculation, plaque, plaque d'immatriculation, matrícula, matricula,
matrículas, placa, placas, matriculado, targa, targato, targata, kenteken, nummerplaat, kentekennummer,
registreringsnummer, regnr, reg.nr, registreringsskylt, nummerplade, skiltnummer, bilnummer,
rekisterinumero, rekisterikilpi, bílnúmer, numer rejestracyjny, nr rejestracyjny, nr rej,
tablica rejestracyjna, tablice, rejestracja, spz, státní poznávací značka, registrační značka, rz, ečv,
evidenčné číslo, rendszám, rendszámú, număr de înmatriculare, înmatriculat, registarska oznaka,
registracija, registrska oznaka, plaka, plakalı, plaka no, госномер, гос. номер, номерной знак,
регистрационный номер, номерний знак, держномер, регистрационен номер, регистарска ознака, πινακίδα,
πινακίδας, αριθμός κυκλοφορίας, לוחית רישוי, מספר רכב, لوحة, رقم اللوحة, पंजीकरण संख्या, गाड़ी नंबर, 车牌,
车牌号, 車牌, ナンバープレート, 車両番号, 차량번호, 번호판, ทะเบียนรถ, biển số, biển số xe, plat nomor,
nomor polisi, nopol
"""
VIN = """
vin, vin number, vin no, vin#, chassis, chassis no, chassis number, frame number, vehicle identification,
fahrgestellnummer, fahrgestell-nr, fin, fahrzeug-identifizierungsnummer, fahrzeugidentifizierungsnummer,
numéro de châssis, châssis, numéro de série, bastidor, número de bastidor, chasis, número de chasis, niv,
chassi, telaio, numero di telaio, chassisnummer, stelnummer, understellsnummer, numer vin, numer nadwozia,
podvozek, alvázszám, serie șasiu, broj šasije, şasi, şasi no, вин, номер кузова, αριθμός πλαισίου,
מספר שלדה, رقم الهيكل, 车架号, 車台番号, 차대번호, เลขตัวถัง, số khung, nomor rangka
"""
SERIAL = """
serial, serial no, serial number, serial #, device id, device serial, device identifier, deviceid,
device no, device number, asset tag, udid, android id, hardware id, implant, implant id, implant serial,
pacemaker, lot, lot number, lot no, batch number, meter number, meter id, seriennummer, serien-nr,
serien-nr., gerätenummer, geräte-id, chargennummer, numéro de série, n° de série, numéro de lot,
número de serie, nº de serie, nº serie, n.º de serie, número de série, numero di serie, matricola,
serienummer, apparaat-id, serienr, sarjanumero, laitetunnus, numer seryjny, nr seryjny, sériové číslo,
výrobní číslo, sorozatszám, număr de serie, serijski broj, serijska številka, seri no, seri numarası,
серийный номер, серійний номер, сериен номер, αριθμός σειράς, מספר סידורי, الرقم التسلسلي, क्रमांक,
序列号, 序號, シリアル番号, 製造番号, 일련번호, หมายเลขเครื่อง, số sê-ri, số serial, nomor seri, s/n:,
s/n#, sn:, sn#
"""
# Words after which a number is a number of a thing, not of a person.
THING = """
order, orders, order no, order number, order id, order #, purchase order, po number, tracking,
tracking number, tracking no, shipment, parcel, invoice, invoice no, invoice number, receipt, ticket,
case, issue, issues, bug, build, version, ver, release, revision, rev, commit, sha, md5, hash, checksum,
digest, uuid, guid, isbn, issn, doi, ean, upc, gtin, sku, part no, part number, model, model no,
timestamp, epoch, unix time, port, line, offset, page, pages, pid, seq, sequence, nonce, block, height,
size, bytes, transaction id, trace id, request id, session id, span id, bestellung, bestellnummer,
bestell-nr, rechnung, rechnungsnummer, rechnungs-nr, sendungsnummer, auftragsnummer, artikelnummer,
commande, numéro de commande, facture, numéro de suivi, pedido, número de pedido, factura,
número de factura, seguimiento, ordine, fattura, encomenda, fatura, nota fiscal, bestelling, factuur,
factuurnummer, beställning, faktura, fakturanummer, ordrenummer, ordernummer, tilaus, lasku, zamówienie,
nr zamówienia, objednávka, rendelés, számla, comandă, sipariş, fiş, заказ, номер заказа, накладная,
счет-фактура, замовлення, поръчка, παραγγελία, הזמנה, طلب, فاتورة, 订单, 订单号, 訂單, 注文, 注文番号,
주문, 주문번호, 송장, คำสั่งซื้อ, đơn hàng, pesanan
"""
VERSION = """
version, versions, ver, release, releases, build, firmware, oid, section, sections, chapter, rev,
revision, schema, clause, abschnitt, kapitel, paragraph, version:, update, driver, upgrade, upgraded,
sección, capítulo, versión, versão, versione, versie, wersja, verze, verzió, sürüm, версия, версії,
έκδοση, גרסה, إصدار, 版本, バージョン, 버전, phiên bản, versi
"""
COORDINATES = """
coordinates, coords, coordinate, lat, latitude, lat/long, lat/lon, latlng, gps, geo, geolocation, location,
position, koordinaten, breitengrad, standort, coordonnées, position gps, coordenadas, latitud, ubicación,
localização, coordinate gps, posizione, coördinaten, koordinater, koordinaatit, współrzędne, souřadnice,
koordináták, coordonate, koordinatlar, konum, координаты, широта, координати, συντεταγμένες, קואורדינטות,
إحداثيات, निर्देशांक, 坐标, 座標, 緯度, 좌표, 위도, พิกัด, tọa độ, koordinat
"""
