package table

// people are the headers of what tables say of a person, parted by bars, in the
// languages of months.go.
var people = map[Column]string{
	Name: "name|names|full name|person|whole name|name of individual|name of person|traveller name|passenger name|namealias wholename" +
		"|фио|ф.и.о.|фамилия имя отчество|фамилия и имя|имя и фамилия|піб|прізвище та ім'я|повне ім'я|nom complet|nom et prénom|nom et prénoms|noms et prénoms" +
		"|vollständiger name|name und vorname|vor- und nachname|nombre completo|nombre y apellidos|nombres y apellidos|apellidos y nombres|nome completo|nome e cognome|cognome e nome" +
		"|naam|volledige naam|ad soyad|adı soyadı|isim soyisim|imię i nazwisko|nazwisko i imię|jméno a příjmení|navn|namn|nimi|ονοματεπώνυμο|nume complet|nume și prenume" +
		"|الاسم|الاسم الكامل|姓名|名前|氏名|성명|이름",
	LastName: "last name|surname|surnames|family name|last|family|primary identifier|name 6|namealias lastname|фамилия|прізвище|nom|nom de famille|nachname|familienname|zuname" +
		"|apellido|apellidos|primer apellido|segundo apellido|cognome|sobrenome|apelido|apelidos|achternaam|familienaam|soyad|soyadı|soyisim|nazwisko|příjmení|efternavn|etternavn|efternamn|sukunimi|επώνυμο|prezime|nume de familie|اللقب|姓",
	FirstName: "first name|first names|given name|given names|forename|forenames|first|given|secondary identifier|name 1|namealias firstname|имя|ім'я|prénom|prénoms|vorname|vornamen|rufname" +
		"|nombre|nombres|nombre de pila|nome|nome próprio|voornaam|voornamen|ad|adı|isim|imię|imiona|jméno|fornavn|förnamn|etunimi|όνομα|ime|prenume|名",
	MiddleName: "middle name|middle names|patronymic|second name|third name|fourth name|name 2|name 3|name 4|name 5|namealias middlename|отчество|по батькові|deuxième prénom|zweiter vorname|segundo nombre|secondo nome|tweede naam",
	Alias: "alias|aliases|aka|a.k.a.|also known as|known as|also called|other names|other name|alternative names|alternative name|weak alias|strong alias|low quality alias|alt names|nickname|nicknames|formerly known as|fka|previous names|previous name|former name|former names" +
		"|псевдоним|псевдонимы|кличка|прозвище|псевдонім|прізвисько|autres noms|pseudonyme|surnom|aliasname|aliasnamen|spitzname|deckname|weitere namen|apodo|alias conocidos|otros nombres|pseudonimo|soprannome|altri nomi|alcunha|outros nomes" +
		"|bijnaam|aliassen|andere namen|takma ad|takma adı|diğer adları|pseudonim|inne nazwiska|přezdívka|别名|又名|別名|الاسم المستعار|الكنية",
	Original:   "original script|name original script|name in original script|original name|native name|name non latin script|name in native script|non latin name|оригинальное написание",
	MaidenName: "maiden name|birth name|name at birth|née|nom de jeune fille|nom de naissance|geburtsname|mädchenname|apellido de soltera|cognome da nubile|nome de solteira|meisjesnaam|geboortenaam|девичья фамилия|дівоче прізвище|kızlık soyadı|nazwisko panieńskie|nazwisko rodowe|rodné příjmení",
	Birth: "dob|d.o.b.|date of birth|dates of birth|birth date|born|born on|birth|birthday|year of birth|yob|birth year|birthdate birthdate|birthdate year|дата рождения|год рождения|родился|д.р.|дата народження|рік народження|geburtsdatum|geburtstag|geboren|geboren am|geb.|geburtsjahr|date de naissance|né le|née le|année de naissance" +
		"|fecha de nacimiento|nacimiento|año de nacimiento|f. nacimiento|data di nascita|nato il|nascita|anno di nascita|data de nascimento|nascimento|ano de nascimento|geboortedatum|geboortejaar|geboren op|doğum tarihi|doğum yılı|data urodzenia|rok urodzenia|urodzony|datum narození|fødselsdato|født|födelsedatum|född|syntymäaika|ημερομηνία γέννησης|data nașterii|datum rođenja" +
		"|تاريخ الميلاد|تاريخ الولادة|出生日期|出生年月|生年月日|생년월일",
	BirthPlace: "pob|place of birth|birth place|born in|town of birth|city of birth|country of birth|birth country|birthdate place|birthdate city|место рождения|місце народження|geburtsort|geburtsland|lieu de naissance|pays de naissance|lugar de nacimiento|país de nacimiento|luogo di nascita|local de nascimento|lugar de nascimento|naturalidade|geboorteplaats|geboorteland|doğum yeri|miejsce urodzenia|místo narození|fødested|födelseort|locul nașterii|مكان الميلاد|出生地",
	Sex:        "sex|gender|namealias gender|пол|стать|geschlecht|sexe|sexo|sesso|geslacht|cinsiyet|płeć|pohlaví|kjønn|køn|kön|sukupuoli|φύλο|الجنس|性别|性別|성별",
	Nationality: "nationality|nationalities|citizenship|citizenships|citizen|nat|country of nationality|country of citizenship|citizenship countryiso2code|гражданство|национальность|громадянство|staatsangehörigkeit|staatsbürgerschaft|nationalität|nationalité|nationalités|citoyenneté" +
		"|nacionalidad|nacionalidades|ciudadanía|nazionalità|cittadinanza|nacionalidade|cidadania|nationaliteit|uyruk|uyruğu|vatandaşlık|obywatelstwo|narodowość|státní příslušnost|státní občanství|statsborgerskab|nationalitet|medborgarskap|kansalaisuus|υπηκοότητα|الجنسية|国籍|국적",
	Residence: "residence|domicile|place of residence|country of residence|resident of|lives in|место жительства|місце проживання|wohnort|wohnsitz|domicile|résidence|residencia|domicilio|residenza|residência|woonplaats|ikamet|miejsce zamieszkania",
	Passport: "passport|passports|passport no|passport nr|passport number|passport numbers|паспорт|номер паспорта|№ паспорта|паспорт №|номер паспорту|reisepass|reisepassnummer|reisepass nr|passnummer|pass nr|passeport|passeports|numéro de passeport|n° de passeport|n° passeport|pasaporte|número de pasaporte|n° pasaporte|passaporto|numero di passaporto|numero passaporto|passaporte|número do passaporte|número de passaporte" +
		"|paspoort|paspoortnummer|pasaport|pasaport no|pasaport numarası|paszport|numer paszportu|nr paszportu|cestovní pas|číslo pasu|passi|διαβατήριο|جواز السفر|رقم الجواز|رقم جواز السفر|护照|护照号|护照号码|パスポート番号|여권번호",
	PassportCountry: "passport country|identification countryiso2code|passport issuer|issuing country|country of issue|issuing state|issued by|document country|document issuer|doc country|issuer|страна выдачи|кем выдан|ausstellender staat|ausstellungsland|pays de délivrance|país de emisión|país emisor|paese di rilascio|país emissor|land van afgifte|veren ülke|kraj wydania",
	IdentityCard:    "id card|id card number|identity card|identity card number|national id|national id no|national id number|id number|identity number|national identification number|удостоверение личности|инн|посвідчення особи|personalausweis|ausweisnummer|carte d'identité|cédula|dni|documento de identidad|carta d'identità|codice fiscale|bilhete de identidade|identiteitskaart|kimlik|kimlik no|tc kimlik no|dowód osobisty|pesel|občanský průkaz|رقم الهوية|身份证号|身份证",
	Visa:            "visa|visa number|visa no|виза|visum|visto|vize|wiza",
	ResidencePermit: "residence permit|residence permit number|вид на жительство|aufenthaltstitel|titre de séjour|permiso de residencia|permesso di soggiorno|oturma izni|karta pobytu",
	DrivingLicence:  "driving licence|driving license|drivers license|driver's license|driver licence|driver's licence|водительское удостоверение|führerschein|permis de conduire|permiso de conducir|patente di guida|rijbewijs|ehliyet|prawo jazdy",
	Document:        "document|documents|document number|document no|doc number|doc no|tax id|tax number|identification number|документ|номер документа|dokument|dokumentnummer|numéro de document|numéro du document|número de documento|numero documento|numero del documento|número do documento|documentnummer|belge no|numer dokumentu",
	DocumentType:    "document type|doc type|type of document|identification typecode|identification typedescription|тип документа|вид документа|dokumentart|type de document|tipo de documento|tipo documento|documenttype|belge türü|rodzaj dokumentu",
	Phone:           "phone|phones|phone number|phone numbers|telephone|telephone number|tel|tel no|mobile|mobile number|cell|телефон|телефоны|телефонний номер|telefon|telefonnummer|handy|téléphone|numéro de téléphone|portable|teléfono|móvil|celular|telefono|cellulare|telefone|telemóvel|telefoon|telefoonnummer|numer telefonu|هاتف|رقم الهاتف|电话|電話",
	Email:           "email|e mail|emails|email address|e-mail address|mail|эл. почта|почта|электронная почта|електронна пошта|courriel|adresse e-mail|correo|correo electrónico|posta elettronica|e-posta|adres e-mail|البريد الإلكتروني|电子邮件",
	Handle:          "handle|handles|username|user name|social media|telegram|nick|ник|benutzername|nom d'utilisateur|usuario",
	Account:         "account|account number|iban|bank account|wallet|счёт|счет|рахунок|konto|kontonummer|compte|cuenta|conto|conta|rekening|hesap no",
	Vehicle:         "vehicle|plate|licence plate|license plate|registration plate|imo|imo number|mmsi|госномер|kennzeichen|plaque|matrícula|targa|kenteken|plaka",
	Address:         "address|addresses|адрес|адреса|adresse|anschrift|dirección|indirizzo|endereço|morada|adres|العنوان|地址|住所",
	Remarks:         "remarks|remark|note|notes|comment|comments|information|other information|further information|примечание|примечания|комментарий|примітка|bemerkung|bemerkungen|anmerkung|remarque|remarques|observations|observaciones|notas|osservazioni|observações|opmerking|opmerkingen|açıklama|uwagi|poznámka|ملاحظات|备注|備考",
}

// listed are the headers that lists have beside. Some mean something else in travel.
var listed = map[Column]string{
	Name:   "subject|listed person|designated person",
	Number: "id|number|no|no.|nr|nr.|#|№|n°|ref|reference|reference number|record|record id|record number|uid|entity id|entity logicalid|group id|unique id|list number|номер|код|lfd. nr.|laufende nummer|numéro|número|numero|nummer|numer|číslo|sıra no|l.p.|рег. номер|序号",
	Kind:   "kind|type|entity type|subject type|schema|group type|entity subjecttype|individual, entity, ship|тип|typ|tipo|type de sujet|soort|tür|rodzaj",
	Reason: "reason|reasons|programme|program|programs|programmes|grounds|list|regime|sanctions regime|category|основание|причина|підстава|grund|motif|motivo|reden|sebep|powód",
}

// travelled are the headers that tables of travel have beside.
var travelled = map[Column]string{
	Name:       "traveller|traveler|passenger|traveler name|passenger|пассажир|пасажир|reisender|passagier|fahrgast|passager|voyageur|pasajero|viajero|passeggero|passageiro|reiziger|yolcu|pasażer|cestující|المسافر|旅客",
	Kind:       "kind|event|event type|direction|направление|напрямок|richtung|sens|sentido|direzione|direção|richting|yön|kierunek",
	Document:   "number|doc|document id",
	Carrier:    "carrier|airline|operator|авиакомпания|авіакомпанія|fluggesellschaft|compagnie|compagnie aérienne|aerolínea|compañía|compagnia|compagnia aerea|companhia|companhia aérea|luchtvaartmaatschappij|havayolu|linia lotnicza",
	Flight:     "flight|flight number|flight no|flight nr|рейс|номер рейса|номер рейсу|flug|flugnummer|flug nr|vol|numéro de vol|n° vol|vuelo|número de vuelo|volo|numero volo|numero di volo|voo|número do voo|vlucht|vluchtnummer|uçuş|uçuş no|sefer|lot|numer lotu|let|رحلة|رقم الرحلة|航班|航班号|便名",
	From:       "from|origin|departure airport|boarding point|embarkation|port of embarkation|departure port|откуда|аэропорт вылета|звідки|von|abflughafen|de|départ de|aéroport de départ|origen|desde|da|partenza da|origem|van|vertrek van|nereden|kalkış yeri|z|skąd|出发地",
	To:         "to|destination|arrival airport|disembarkation|port of disembarkation|arrival port|куда|аэропорт прилета|куди|nach|ziel|zielflughafen|à|vers|aéroport d'arrivée|destino|hasta|a|destinazione|para|naar|bestemming|nereye|varış yeri|do|dokąd|cel|目的地",
	Departs:    "departs|departure|departure date|departure datetime|flight date|date of departure|std|вылет|дата вылета|виліт|дата вильоту|abflug|abflugdatum|départ|date de départ|date du vol|salida|fecha de salida|fecha de vuelo|partenza|data di partenza|partida|data de partida|vertrek|vertrekdatum|kalkış|kalkış tarihi|odlot|data wylotu|data odlotu",
	DepartTime: "departure time|время вылета|час вильоту|abflugzeit|heure de départ|hora de salida|ora di partenza|hora de partida|vertrektijd|kalkış saati|godzina odlotu",
	Arrives:    "arrives|arrival|arrival date|arrival datetime|date of arrival|sta|прилет|прилёт|дата прилета|приліт|ankunft|ankunftsdatum|arrivée|date d'arrivée|llegada|fecha de llegada|arrivo|data di arrivo|chegada|data de chegada|aankomst|varış|varış tarihi|przylot|data przylotu",
	ArriveTime: "arrival time|время прилета|час прильоту|ankunftszeit|heure d'arrivée|hora de llegada|ora di arrivo|hora de chegada|aankomsttijd|varış saati|godzina przylotu",
	Place:      "place|post|border post|border crossing|checkpoint|crossing|port|where|location|кпп|пункт пропуска|место пересечения|пункт пропуску|grenzübergang|poste frontière|point de passage|puesto fronterizo|valico|posto de fronteira|grenspost|sınır kapısı|przejście graniczne",
	When:       "when|date|datetime|date time|date and time|crossed on|crossed|timestamp|дата|дата пересечения|datum|fecha|data|tarih|التاريخ|日期",
	Clock:      "time|время|час|zeit|uhrzeit|heure|hora|ora|tijd|saat|godzina|الوقت|时间",
	Reference:  "reference|booking|booking reference|booking code|pnr|locator|record locator|бронь|номер брони|код брони|buchung|buchungscode|buchungsnummer|réservation|référence|dossier|reserva|localizador|prenotazione|codice prenotazione|reserva|boeking|boekingscode|rezervasyon|rezerwacja|numer rezerwacji",
}
