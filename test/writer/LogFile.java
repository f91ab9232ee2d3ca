// The file a handler of JBoss LogManager writes to, on a clock that tests move: handlers learn the time from the records
// they write and from the age of their file, and rotate by these.

import java.io.File;
import java.time.Duration;
import java.time.Instant;

final class LogFile extends File {
    private static final long serialVersionUID = 1;

    private long ahead;
    private long lastWritten;

    LogFile(String path, Instant start) {
        super(path);
        ahead = start.toEpochMilli() - System.currentTimeMillis();
    }

    long now() {
        return System.currentTimeMillis() + ahead;
    }

    void advance(Duration by) {
        ahead += by.toMillis();
    }

    /** Notes a write and says when it is. */
    long written() {
        lastWritten = now();
        return lastWritten;
    }

    /** A file without content was made just now; that of an earlier writer is as old as the disk says. */
    @Override
    public long lastModified() {
        if (!exists()) return 0;
        if (length() == 0) return now();
        return lastWritten == 0 ? super.lastModified() : lastWritten;
    }
}
