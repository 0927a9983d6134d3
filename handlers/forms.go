package handlers

// forms lists every form, by name.
func forms() map[string]form {
	return map[string]form{}
}
