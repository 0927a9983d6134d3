package handlers

// EveryRoute lists all that can be asked for, as the table of permits names it.
func EveryRoute() []string { return everyRoute(&Bot{}) }

// FormSteps lists the steps of a form, all of them.
func FormSteps(name string) []string {
	var ids []string
	for _, s := range forms()[name].steps {
		ids = append(ids, s.id)
	}
	return ids
}

// FormMark is what stands behind the token in the mark of a screen that asks a form's question.
const FormMark = formMark
