package entente

// Treatment is what becomes of an envelope that was refused.
type Treatment string

const (
	TreatAgain  Treatment = "again"   // it has no place: it is sent again from Refusal.Expected
	TreatPutOff Treatment = "put off" // its place is taken: it is offered again when the cause is gone
	TreatFinal  Treatment = "final"   // it is never filed
)

// Treatment says what becomes of an envelope of a class that is refused for a
// reason. A reason that this version does not know is final.
//
// Class duty is what one party owes another: neither age nor a gap ends it. A
// class that could not be read is treated as content.
func (r Reason) Treatment(c Class) Treatment {
	t, ok := treatments[r]
	switch {
	case !ok:
		return TreatFinal
	case c == ClassDuty:
		return t.duty
	}
	return t.other
}

// Treatment says what becomes of the envelope, by the word of its recipient: also
// for a reason that this version does not know.
func (r Refusal) Treatment() Treatment {
	switch {
	case r.Final:
		return TreatFinal
	case r.Placed:
		return TreatPutOff
	}
	return TreatAgain
}

// treatments has a row for each reason.
var treatments = map[Reason]struct{ other, duty Treatment }{
	ReasonMalformed:        {TreatFinal, TreatFinal},
	ReasonTooLarge:         {TreatFinal, TreatFinal},
	ReasonVersion:          {TreatPutOff, TreatPutOff},
	ReasonUnknownField:     {TreatFinal, TreatFinal},
	ReasonDuplicateField:   {TreatFinal, TreatFinal},
	ReasonWrongRecipient:   {TreatFinal, TreatFinal},
	ReasonUnknownSender:    {TreatFinal, TreatFinal},
	ReasonWrongSender:      {TreatFinal, TreatFinal},
	ReasonUnknownAgreement: {TreatFinal, TreatAgain},
	ReasonNotParty:         {TreatFinal, TreatFinal},
	ReasonOldEpoch:         {TreatFinal, TreatPutOff},
	ReasonFutureTerms:      {TreatAgain, TreatAgain},
	ReasonNotInForce:       {TreatFinal, TreatPutOff},
	ReasonPurpose:          {TreatFinal, TreatFinal},
	ReasonScope:            {TreatFinal, TreatFinal},
	ReasonLevel:            {TreatPutOff, TreatPutOff},
	ReasonKind:             {TreatPutOff, TreatPutOff},
	ReasonExtension:        {TreatPutOff, TreatPutOff},
	ReasonNotEnforced:      {TreatFinal, TreatFinal},
	ReasonHandling:         {TreatFinal, TreatFinal},
	ReasonExpired:          {TreatFinal, TreatPutOff},
	ReasonFuture:           {TreatAgain, TreatAgain},
	ReasonOrder:            {TreatAgain, TreatAgain},
	ReasonReplay:           {TreatFinal, TreatFinal},
	ReasonFutureEdition:    {TreatAgain, TreatAgain},
	ReasonEdition:          {TreatFinal, TreatFinal},
	ReasonSealKey:          {TreatPutOff, TreatPutOff},
	ReasonSignature:        {TreatFinal, TreatFinal},
	ReasonSeal:             {TreatFinal, TreatFinal},
	ReasonContent:          {TreatFinal, TreatFinal},
	ReasonCheckpoint:       {TreatFinal, TreatFinal},
	ReasonSplitView:        {TreatAgain, TreatAgain},
	ReasonStatement:        {TreatFinal, TreatFinal},
	ReasonThread:           {TreatPutOff, TreatPutOff},
	ReasonWithdrawn:        {TreatFinal, TreatFinal},
	ReasonEndMissing:       {TreatAgain, TreatAgain},
	ReasonBusy:             {TreatAgain, TreatAgain},
}
