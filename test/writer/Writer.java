// Writes an oc.log as VNA's WildFly does: JBoss LogManager itself, with real exceptions of the AWS SDKs. Obeys commands on
// standard input, one a line, and answers each with one line, `ok` or `error REASON`, once its records are handed over.
//
//   open NAME=VALUE…            a handler on a file, in place of the one before (a server's restart, if the file is the same):
//                               kind, file, suffix, rotate-size, max-backup-index, append, autoflush, rotate-on-boot, start
//   log N                       N ordinary records
//   fault CODE [v1|v2|nested]   one failed call of AWS
//   rotate [DURATION]           by size: records until the file was rotated; by time: one record, a DURATION later (a day)
//   flush, pause, quit          what is buffered; nothing; the end
//
// Arguments of the program are those of a first `open`.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.ErrorManager;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.FileHandler;
import org.jboss.logmanager.handlers.PeriodicRotatingFileHandler;
import org.jboss.logmanager.handlers.PeriodicSizeRotatingFileHandler;
import org.jboss.logmanager.handlers.SizeRotatingFileHandler;

final class Writer {
    // WildFly's own, see its galleon feature packs.
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c] (%t) %s%e%n";
    private static final Logger ROOT = Logger.getLogger("");
    private static final Set<String> SETTINGS = Set.of("kind", "file", "suffix", "rotate-size", "max-backup-index",
        "append", "autoflush", "rotate-on-boot", "start");
    private static final List<String> THREADS =
        List.of("default task-1", "pool-7-thread-2", "EE-ManagedExecutorService-default-Thread-12");

    private final Faults faults = new Faults();
    private FileHandler handler;
    private LogFile file;
    private int written;
    private String trouble;

    private Writer() throws IOException {}

    public static void main(String[] arguments) throws IOException {
        var writer = new Writer();
        ROOT.setLevel(Level.INFO);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (arguments.length > 0) System.out.println(writer.answer("open", arguments));
        for (var line = commands.readLine(); line != null && !line.equals("quit"); line = commands.readLine()) {
            var words = line.trim().split(" +");
            System.out.println(writer.answer(words[0], Arrays.copyOfRange(words, 1, words.length)));
        }
        writer.close();
        System.out.println("ok");
        // Neither the SDKs' idle threads nor the server's keep the program alive.
        System.exit(0);
    }

    private String answer(String command, String[] words) {
        trouble = null;
        try {
            obey(command, words);
        } catch (Exception problem) {
            trouble = problem.toString();
        }
        return trouble == null ? "ok" : "error " + trouble.replace('\n', ' ');
    }

    private void obey(String command, String[] words) throws IOException {
        switch (command) {
            case "open" -> open(words);
            case "log" -> log(Integer.parseInt(words[0]));
            case "fault" -> fault(words[0], words.length > 1 ? words[1] : "v1");
            case "rotate" -> rotate(words.length > 0 ? Duration.parse(words[0]) : null);
            case "flush" -> handler.flush();
            case "pause" -> {}
            default -> throw new IllegalArgumentException("no such command: " + command);
        }
    }

    private void open(String[] words) throws IOException {
        var settings = new HashMap<String, String>();
        for (var word : words) {
            var name = word.substring(0, Math.max(0, word.indexOf('=')));
            if (!SETTINGS.contains(name)) throw new IllegalArgumentException("no such setting: " + word);
            settings.put(name, word.substring(name.length() + 1));
        }
        close();
        var path = settings.get("file");
        var start = settings.get("start");
        // A restart goes on with the time that has come.
        if (file == null || !file.getPath().equals(path) || start != null) {
            file = new LogFile(path, start == null ? Instant.now() : Instant.parse(start));
        }
        handler = handlerFor(settings);
        handler.setFormatter(new PatternFormatter(PATTERN));
        handler.setEncoding("UTF-8");
        handler.setAppend(Boolean.parseBoolean(settings.getOrDefault("append", "true")));
        handler.setAutoFlush(Boolean.parseBoolean(settings.getOrDefault("autoflush", "true")));
        handler.setErrorManager(new ErrorManager() {
            @Override
            public void error(String message, Exception problem, int code) {
                trouble = message + ": " + problem;
            }
        });
        // The one place that all records pass, those of the SDKs too, before the handler looks at their time.
        handler.setFilter(record -> {
            ((ExtLogRecord) record).setMillis(file.written());
            return true;
        });
        handler.setFile(file);
        ROOT.addHandler(handler);
    }

    private static FileHandler handlerFor(Map<String, String> settings) {
        var kind = settings.get("kind");
        var suffix = settings.getOrDefault("suffix", "");
        // WildFly's defaults.
        var size = Long.parseLong(settings.getOrDefault("rotate-size", "2097152"));
        var backups = Integer.parseInt(settings.getOrDefault("max-backup-index", "1"));
        var onBoot = Boolean.parseBoolean(settings.get("rotate-on-boot"));
        if (kind.equals("file")) return new FileHandler();
        if (kind.equals("size-rotating")) {
            var handler = new SizeRotatingFileHandler();
            handler.setRotateSize(size);
            handler.setMaxBackupIndex(backups);
            handler.setRotateOnBoot(onBoot);
            if (!suffix.isEmpty()) handler.setSuffix(suffix);
            return handler;
        }
        if (kind.equals("periodic-size-rotating")) {
            var handler = new PeriodicSizeRotatingFileHandler();
            handler.setRotateSize(size);
            handler.setMaxBackupIndex(backups);
            handler.setRotateOnBoot(onBoot);
            handler.setSuffix(suffix);
            return handler;
        }
        if (kind.equals("periodic-rotating")) {
            var handler = new PeriodicRotatingFileHandler();
            handler.setSuffix(suffix);
            return handler;
        }
        throw new IllegalArgumentException("no such kind: " + kind);
    }

    private void close() {
        if (handler == null) return;
        ROOT.removeHandler(handler);
        handler.close();
        handler = null;
    }

    private void log(int count) {
        for (var left = count; left > 0; left--) ordinary();
    }

    private void ordinary() {
        var number = written++;
        Thread.currentThread().setName(THREADS.get(number % THREADS.size()));
        switch (number % 7) {
            case 0 -> say("AWS_PLUGIN", Level.INFO, "AWSInventoryPoller: discovered " + number
                + " instances in us-east-1, 403 of them running");
            case 1 -> say("org.wildfly.extension.undertow", Level.INFO, "WFLYUT0021: Registered web context: '/oc'");
            case 2 -> say("AWS_PLUGIN", Level.WARN, "AWSInventoryPoller: tag of instance " + number
                + " is no name:\nKöln – 東京 😀\n\n  403 InvalidClientTokenId");
            case 3 -> say("DNAC_PLUGIN", Level.ERROR, "DnacPoller: no answer",
                new IOException("Server returned HTTP response code: 403"));
            case 4 -> say("com.ca.oc.scheduler", Level.INFO, "cycle " + number + " done");
            case 5 -> say("MERAKI_PLUGIN", Level.WARN, "MerakiPoller: " + "rate limit, waiting; ".repeat(10));
            default -> say("AWS_PLUGIN", Level.INFO, "AWSPluginConfigHandler: connected to AWS region us-east-1");
        }
    }

    /** v1 under the plugin's own category, v2 with the tag in the message: no VNA pattern is published, both occur. */
    private void fault(String code, String flavour) {
        Thread.currentThread().setName(THREADS.get(2));
        var thrown = faults.thrown(code, flavour);
        var message = "AWSPluginConfigHandler: Failed to connect AWS region: Http status code: " + faults.statusOf(code);
        if (flavour.equals("v2")) say("com.ca.oc.aws.AWSPluginConfigHandler", Level.ERROR, "[AWS_PLUGIN] " + message, thrown);
        else say("AWS_PLUGIN", Level.ERROR, message, thrown);
    }

    private void rotate(Duration later) {
        var byTime = later != null || handler.getClass() == PeriodicRotatingFileHandler.class;
        if (byTime) {
            file.advance(later == null ? Duration.ofDays(1) : later);
            log(1);
        } else if (handler.getClass() == FileHandler.class) {
            throw new IllegalStateException("this handler does not rotate");
        } else {
            rotateBySize();
        }
    }

    private void rotateBySize() {
        for (var left = 1_000_000; left > 0; left--) {
            var before = file.length();
            ordinary();
            if (file.length() < before) return;
        }
        throw new IllegalStateException("never rotated");
    }

    private static void say(String category, Level level, String message) {
        say(category, level, message, null);
    }

    private static void say(String category, Level level, String message, Throwable thrown) {
        Logger.getLogger(category).log(level, message, thrown);
    }
}
