package config

import (
	"fmt"
	"hopcap/sweep/study"
	"strconv"
	"strings"
)

// id is the whole meaning of a point as text: seed, identity, and the other keys in
// the order of the schema. But for one setting, it is the meaning of its curve.
func (s *settings) id(t *study.Task, but string) string {
	var b strings.Builder
	write := func(name, text string) {
		if name == but {
			return
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(name)
		b.WriteByte('=')
		b.WriteString(text)
	}
	write("seed", s.values[seedSlot].text)
	for _, i := range t.Identity {
		write(i.Name, settingText(i.Value))
	}
	for slot, v := range s.values {
		k := &s.schema.keys[slot]
		if slot == seedSlot || v == nil || !k.means() {
			continue
		}
		if _, preset := s.schema.at(slot, s.values); k.Later && preset != nil && v.text == preset.text {
			continue
		}
		write(k.name, quoted(v.text))
	}
	return b.String()
}

// quoted is text that can be told from what follows it.
func quoted(text string) string {
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r == '"' || r == '=' || r == ',' || r > '~' }) {
		return text
	}
	return strconv.Quote(text)
}

// settingText is the canonical text of a setting's value.
func settingText(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		r, ok := parseDecimal(strconv.FormatFloat(v, 'e', -1, 64))
		if !ok {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		return roundDecimal(r).String()
	case bool:
		return strconv.FormatBool(v)
	case string:
		return quoted(v)
	}
	return fmt.Sprint(v)
}
