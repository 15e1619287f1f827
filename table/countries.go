package table

// countryNames are the names of ISO 3166-1 and those that lists use beside, by
// code. The codes themselves stand in the root (country.go).
const countryNames = `AD Andorra
AE United Arab Emirates|UAE
AF Afghanistan|Islamic Republic of Afghanistan
AG Antigua and Barbuda
AI Anguilla
AL Albania
AM Armenia
AO Angola
AQ Antarctica
AR Argentina
AS American Samoa
AT Austria
AU Australia
AW Aruba
AX Åland Islands
AZ Azerbaijan
BA Bosnia and Herzegovina|Bosnia
BB Barbados
BD Bangladesh
BE Belgium
BF Burkina Faso
BG Bulgaria
BH Bahrain
BI Burundi
BJ Benin
BL Saint Barthélemy
BM Bermuda
BN Brunei Darussalam|Brunei
BO Bolivia, Plurinational State of|Bolivia|Bolivia (Plurinational State of)
BQ Bonaire, Sint Eustatius and Saba
BR Brazil
BS Bahamas|Bahamas, The
BT Bhutan
BV Bouvet Island
BW Botswana
BY Belarus
BZ Belize
CA Canada
CC Cocos (Keeling) Islands
CD Congo, Democratic Republic of the|Democratic Republic of the Congo|DR Congo|DRC|Congo-Kinshasa|Zaire
CF Central African Republic
CG Congo|Congo, Republic of the|Republic of the Congo|Congo-Brazzaville
CH Switzerland
CI Côte d'Ivoire|Cote d Ivoire|Ivory Coast
CK Cook Islands
CL Chile
CM Cameroon
CN China|People's Republic of China|PRC
CO Colombia
CR Costa Rica
CU Cuba
CV Cabo Verde|Cape Verde
CW Curaçao
CX Christmas Island
CY Cyprus
CZ Czechia|Czech Republic
DE Germany|Federal Republic of Germany
DJ Djibouti
DK Denmark
DM Dominica
DO Dominican Republic
DZ Algeria
EC Ecuador
EE Estonia
EG Egypt
EH Western Sahara
ER Eritrea
ES Spain
ET Ethiopia
FI Finland
FJ Fiji
FK Falkland Islands (Malvinas)|Falkland Islands
FM Micronesia, Federated States of|Micronesia
FO Faroe Islands
FR France
GA Gabon
GB United Kingdom of Great Britain and Northern Ireland|United Kingdom|UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland
GD Grenada
GE Georgia
GF French Guiana
GG Guernsey
GH Ghana
GI Gibraltar
GL Greenland
GM Gambia|The Gambia
GN Guinea
GP Guadeloupe
GQ Equatorial Guinea
GR Greece
GS South Georgia and the South Sandwich Islands
GT Guatemala
GU Guam
GW Guinea-Bissau
GY Guyana
HK Hong Kong|China, Hong Kong Special Administrative Region|Hong Kong SAR
HM Heard Island and McDonald Islands
HN Honduras
HR Croatia
HT Haiti
HU Hungary
ID Indonesia
IE Ireland
IL Israel
IM Isle of Man|Man, Isle of
IN India
IO British Indian Ocean Territory
IQ Iraq
IR Iran, Islamic Republic of|Iran|Iran (Islamic Republic of)|Islamic Republic of Iran
IS Iceland
IT Italy
JE Jersey
JM Jamaica
JO Jordan
JP Japan
KE Kenya
KG Kyrgyzstan|Kyrgyz Republic
KH Cambodia
KI Kiribati
KM Comoros
KN Saint Kitts and Nevis|St. Kitts and Nevis
KP Korea, Democratic People's Republic of|Democratic People's Republic of Korea|DPRK|North Korea|Korea, North
KR Korea, Republic of|Republic of Korea|South Korea|Korea, South
KW Kuwait
KY Cayman Islands
KZ Kazakhstan
LA Lao People's Democratic Republic|Laos
LB Lebanon
LC Saint Lucia
LI Liechtenstein
LK Sri Lanka
LR Liberia
LS Lesotho
LT Lithuania
LU Luxembourg
LV Latvia
LY Libya|Libyan Arab Jamahiriya
MA Morocco
MC Monaco
MD Moldova, Republic of|Moldova|Republic of Moldova
ME Montenegro
MF Saint Martin (French part)
MG Madagascar
MH Marshall Islands
MK North Macedonia|North Macedonia, The Republic of|Macedonia|The former Yugoslav Republic of Macedonia
ML Mali
MM Myanmar|Burma|Myanmar (Burma)
MN Mongolia
MO Macao|Macau
MP Northern Mariana Islands
MQ Martinique
MR Mauritania
MS Montserrat
MT Malta
MU Mauritius
MV Maldives
MW Malawi
MX Mexico
MY Malaysia
MZ Mozambique
NA Namibia
NC New Caledonia
NE Niger
NF Norfolk Island
NG Nigeria
NI Nicaragua
NL Netherlands|Netherlands, Kingdom of the|Holland
NO Norway
NP Nepal
NR Nauru
NU Niue
NZ New Zealand
OM Oman
PA Panama
PE Peru
PF French Polynesia
PG Papua New Guinea
PH Philippines
PK Pakistan
PL Poland
PM Saint Pierre and Miquelon
PN Pitcairn
PR Puerto Rico
PS Palestine, State of|State of Palestine|Palestine|Palestinian|Palestinian Territories|Occupied Palestinian Territory|West Bank|Gaza|Region: Gaza|Region: West Bank
PT Portugal
PW Palau
PY Paraguay
QA Qatar
RE Réunion
RO Romania
RS Serbia
RU Russian Federation|Russia|Region: Russia
RW Rwanda
SA Saudi Arabia
SB Solomon Islands
SC Seychelles
SD Sudan
SE Sweden
SG Singapore
SH Saint Helena, Ascension and Tristan da Cunha|Saint Helena
SI Slovenia
SJ Svalbard and Jan Mayen
SK Slovakia|Slovak Republic
SL Sierra Leone
SM San Marino
SN Senegal
SO Somalia
SR Suriname
SS South Sudan
ST Sao Tome and Principe
SV El Salvador
SX Sint Maarten (Dutch part)
SY Syrian Arab Republic|Syria
SZ Eswatini|Swaziland
TC Turks and Caicos Islands
TD Chad
TF French Southern Territories
TG Togo
TH Thailand
TJ Tajikistan
TK Tokelau
TL Timor-Leste|East Timor
TM Turkmenistan
TN Tunisia
TO Tonga
TR Türkiye|Turkey
TT Trinidad and Tobago
TV Tuvalu
TW Taiwan, Province of China|Taiwan
TZ Tanzania, United Republic of|United Republic of Tanzania|Tanzania
UA Ukraine
UG Uganda
UM United States Minor Outlying Islands
US United States of America|United States|U.S.A.|America
UY Uruguay
UZ Uzbekistan
VA Holy See|Vatican City
VC Saint Vincent and the Grenadines
VE Venezuela, Bolivarian Republic of|Venezuela|Venezuela (Bolivarian Republic of)
VG Virgin Islands (British)|British Virgin Islands|Virgin Islands, British
VI Virgin Islands (U.S.)|US Virgin Islands
VN Viet Nam|Vietnam
VU Vanuatu
WF Wallis and Futuna
WS Samoa
XK Kosovo
YE Yemen|Republic of Yemen
YT Mayotte
ZA South Africa
ZM Zambia
ZW Zimbabwe
AN Netherlands Antilles
DD German Democratic Republic|East Germany
SU Soviet Union|former Soviet Union|USSR
YU Yugoslavia|former Yugoslavia
CS Czechoslovakia|former Czechoslovakia|Serbia and Montenegro
YD Democratic Yemen|South Yemen|Yemen, Democratic
EU European Union
UN United Nations`
