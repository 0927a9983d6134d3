package handlers

// forms lists every form, by name.
func forms() map[string]form {
	return map[string]form{
		formRaise:    raiseForm(),
		formAnswer:   wordsForm("difficulties.ask.answer", false, answerDifficulty),
		formPass:     wordsForm("difficulties.ask.pass", true, passDifficulty),
		formReopen:   wordsForm("difficulties.ask.reopen", false, reopenDifficulty),
		formDeed:     deedForm(),
		formPlan:     planForm(),
		formMovePlan: movePlanForm(),
		formEndPlan:  endPlanForm(),
		formAnnounce: announceForm(),
		formNudge:    nudgeForm(),
		formDelete:   deleteForm(),
		formInvite:   inviteForm(),
		formReplace:  replaceForm(),
		formRevoke:   revokeForm(),
		formMove:     moveForm(),
		formReport:   reportForm(),
		formHamlets:  hamletsForm(),
		formRename:   renameForm(),
		formEndUnit:  endUnitForm(),
	}
}
