package label

import "strings"

// latex is a label as LaTeX takes it: what is special to LaTeX outside of
// mathematics is escaped there.
func latex(label string) string {
	parts := strings.Split(strings.ReplaceAll(label, `\$`, "\x00"), "$")
	for i := range parts {
		if i%2 == 0 {
			parts[i] = plainToLaTeX.Replace(parts[i])
		} else {
			parts[i] = mathToLaTeX.Replace(parts[i])
		}
	}
	return strings.ReplaceAll(strings.Join(parts, "$"), "\x00", `\$`)
}

var (
	plainToLaTeX = strings.NewReplacer("%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "{", `\{`, "}", `\}`,
		"~", `\textasciitilde{}`, "−", "$-$")
	mathToLaTeX = strings.NewReplacer("−", "-", `\text{`, `\mathrm{`, `\degree`, `^\circ`,
		"±", `\pm `, "×", `\times `, "≤", `\le `, "≥", `\ge `, "·", `\cdot `)
)
