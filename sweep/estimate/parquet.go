package estimate

import (
	"cmp"
	"fmt"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"hopcap/sweep/study"
)

// parquetBatch is how many rows are handed to the writer at once.
const parquetBatch = 1024

// parquetGroup is how many rows the writer holds before it writes them.
const parquetGroup = 1 << 20

// writeParquet writes a flat table as Parquet, compressed with Zstandard. Every
// column may be null.
func (t *Table) writeParquet(w io.Writer) error {
	out := parquet.NewWriter(w, t.parquetSchema(), parquet.Compression(&zstd.Codec{Level: zstd.SpeedBestCompression}),
		parquet.CreatedBy("hopcap", "", ""), parquet.MaxRowsPerRowGroup(parquetGroup))
	var batch []parquet.Row
	flush := func() error {
		_, err := out.WriteRows(batch)
		batch = batch[:0]
		return err
	}
	err := t.each(func(values []any) error {
		if batch = append(batch, parquetRow(values)); len(batch) < parquetBatch {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return cmp.Or(flush(), out.Close())
}

// parquetSchema goes by a struct type made for the purpose, since a parquet.Group
// would bring the columns into alphabetical order.
func (t *Table) parquetSchema() *parquet.Schema {
	fields := make([]reflect.StructField, len(t.Columns))
	for i, c := range t.Columns {
		fields[i] = reflect.StructField{
			Name: fmt.Sprintf("C%d", i),
			Type: c.goType(),
			Tag:  reflect.StructTag(fmt.Sprintf("parquet:%q", c.Name+",optional"+c.encoding())),
		}
	}
	return parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
}

// goType is that of a column's values.
func (c TableColumn) goType() reflect.Type {
	switch c.Type {
	case study.Decimal:
		return reflect.TypeFor[float64]()
	case study.Text:
		return reflect.TypeFor[string]()
	case study.Bool:
		return reflect.TypeFor[bool]()
	}
	return reflect.TypeFor[int64]()
}

// encoding stores each different value of a column once, of which a grid and integers
// over N have few, and integers by their differences: half the size of plain values.
func (c TableColumn) encoding() string {
	switch c.Type {
	case study.Text:
		return ",dict"
	case study.Decimal:
		return ",dict"
	case study.Int:
		return ",delta"
	}
	return ""
}

func parquetRow(values []any) parquet.Row {
	row := make(parquet.Row, len(values))
	for i, v := range values {
		if v == nil {
			row[i] = parquet.NullValue().Level(0, 0, i)
		} else {
			row[i] = parquet.ValueOf(v).Level(0, 1, i)
		}
	}
	return row
}
