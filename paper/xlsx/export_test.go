package xlsx

// DateFormat is dateFormat for tests.
var DateFormat = dateFormat
