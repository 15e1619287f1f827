package sqlstore

import (
	"context"
	"errors"
)

func openPostgres(ctx context.Context, url string, version int64) (engine, error) {
	return nil, errors.New("sqlstore: PostgreSQL is not built yet")
}
