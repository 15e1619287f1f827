package web

import "entente/casework"

// alarmWords say what every page shows to all roles, without what an operator does
// about it: that stands on the page of the node and in  entente restore show.
var alarmWords = map[casework.AlarmKind]string{
	casework.AlarmGrown:   "ALARM: %[1]s shows records of our ledger %[2]s that this node never sent. Somebody else may have our keys. The channel is stopped: tell the operator now.",
	casework.AlarmEnded:   "ALARM: %[1]s shows records of our ledger %[2]s under keys of ours that have ended. Somebody else has those keys. The records count for nothing: tell the operator.",
	casework.AlarmSplit:   "ALARM: the ledger %[2]s was shown in two versions. The channel is stopped: tell the overseer now.",
	casework.AlarmCompare: "This node was restored. Nothing is sent to %[1]s and nothing received from it until the ledgers have been compared.",
	casework.AlarmPerson:  "This node was restored. Somebody has to ask the people of %[1]s which of the records that they hold are ours. Until then nothing is sent to %[1]s and nothing received from it.",
	casework.AlarmEdition: "This node was restored, and not all is back. Nothing is sent to %[1]s and nothing received from it until the operator has made a new edition of our descriptor.",
}

// alarm says an alarm in the reader's language.
func (p *page) alarm(a casework.Alarm) string {
	return p.T(alarmWords[a.Kind], string(a.Partner), a.Ledger)
}

// lookForAlarms has the page show what no page may hide. A page whose alarms cannot
// be read says that.
func (v *visit) lookForAlarms() {
	if v.officer.ID == "" {
		return
	}
	all, err := v.Casework.Alarms(v.ctx())
	if err != nil {
		v.fault("look for alarms", err)
		v.p.alarms = []string{v.p.T("Whether there is an alarm cannot be read now. Try again; if this stays, tell the operator.")}
		return
	}
	for _, a := range all {
		v.p.alarms = append(v.p.alarms, v.p.alarm(a))
	}
}
