package config

// TextOf returns the text that a config gives the key at a path such as
// "experiment.kind", "" if it gives none. It can be asked of any file, also of one that
// is no config: it decides what a config is then held against.
func TextOf(src []byte, path string) string {
	n, whole := scan(withoutMark(string(src))).root.at(path)
	if !whole || !n.scalar() {
		return ""
	}
	return unquote(n.written)
}
