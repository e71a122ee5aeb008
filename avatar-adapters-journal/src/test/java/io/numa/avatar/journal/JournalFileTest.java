package io.numa.avatar.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage.Announcement;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.JournalMode;

class JournalFileTest {
  private static final TaskId TASK = new TaskId("123");

  @TempDir Path parent;
  private Path directory;
  private Path file;

  @BeforeEach
  void nameFiles() {
    directory = parent.resolve("state");
    file = directory.resolve("journal.db");
  }

  @Test
  void stillHasEverythingWhenItIsOpenedAgain() {
    var attempt = Attempt.of(TASK);
    List<JournaledAttempt> open;
    try (var journal = SqliteJournal.open(directory)) {
      journal.accept(List.of(message("a", "t1"), message("b", "t2"), message("c", "t3")));
      journal.reject(message("b", "t2"), "gone");
      journal.begin(attempt, 4);
      journal.claimed(attempt);
      journal.announce(attempt.id(), Updates.begun(1), 17);
      journal.told(attempt.id(), 1);
      journal.acknowledged(attempt.id(), 17);
      open = journal.open();
    }

    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.open()).isEqualTo(open).hasSize(1);
      assertThat(journal.lastMessage()).contains(new MessageId("c"));
      assertThat(journal.waiting()).containsExactly(message("a", "t1"), message("c", "t3"));
      assertThat(journal.accept(List.of(message("a", "t1"), message("b", "t2")))).isEmpty();
    }
  }

  @Test
  void writesThroughToTheDisk() throws Exception {
    try (var journal = SqliteJournal.open(directory);
        var database = Database.open(file, JournalMode.WAL, Duration.ZERO)) {
      assertThat(journal.durable()).isTrue();
      assertThat(setting(database, "journal_mode")).isEqualTo("wal");
      assertThat(setting(database, "synchronous")).isEqualTo("2");
      assertThat(setting(database, "foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void isItsOwnersAlone() throws IOException {
    try (var journal = SqliteJournal.open(directory)) {
      journal.begin(Attempt.of(TASK), 1);

      assertThat(permissions())
          .containsEntry("", "rwx------")
          .containsEntry("journal.db", "rw-------")
          .containsEntry("journal.db-wal", "rw-------")
          .containsEntry("journal.db-shm", "rw-------")
          .containsEntry("lock", "rw-------")
          .containsEntry("native", "rwx------");
    }
  }

  @Test
  void takesAnyNameOfAFolder() {
    Path odd = parent.resolve("a b?mode=memory#c%20d;é登录").resolve("state");

    try (var journal = SqliteJournal.open(odd)) {
      journal.begin(Attempt.of(TASK), 1);
    }

    assertThat(odd.resolve("journal.db")).isRegularFile();
    try (var journal = SqliteJournal.open(odd)) {
      assertThat(journal.find(TASK)).isPresent();
    }
  }

  @Test
  void takesAFolderByALink() throws IOException {
    Files.createDirectories(directory);
    Path link = Files.createSymbolicLink(parent.resolve("link"), directory);

    try (var journal = SqliteJournal.open(link)) {
      assertThatExceptionOfType(StateException.class)
          .isThrownBy(() -> SqliteJournal.open(directory));
      assertThat(journal.open()).isEmpty();
    }
  }

  @Test
  void leavesNoLibraryBehind() throws IOException {
    Files.createDirectories(directory.resolve("native"));
    Files.writeString(directory.resolve("native/sqlite-3.0.0-killed-libsqlitejdbc.so"), "");
    Files.writeString(directory.resolve("native/sqlite-3.0.0-killed-libsqlitejdbc.so.lck"), "");

    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.open()).isEmpty();
      assertThat(directory.resolve("native")).isEmptyDirectory();
    }
  }

  @Test
  void bringsAnOlderJournalToThisVersion() throws Exception {
    byHand(
        "PRAGMA application_id = 1316318561",
        """
        CREATE TABLE message (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, task TEXT,
        taken_in INTEGER NOT NULL, waiting INTEGER NOT NULL, reason TEXT)""",
        "CREATE INDEX waiting_message ON message (task) WHERE waiting",
        "INSERT INTO message VALUES (1, 'old', 't1', 1, 1, NULL)",
        "PRAGMA user_version = 1");

    try (var journal = SqliteJournal.open(directory)) {
      journal.begin(Attempt.of(TASK), 1);

      assertThat(journal.waiting()).containsExactly(message("old", "t1"));
      assertThat(journal.find(TASK)).isPresent();
    }
    assertThat(version()).isEqualTo(Schema.STEPS.size());
  }

  @Test
  void bringsEveryOlderVersionToThisOne() throws Exception {
    for (int version = 1; version < Schema.STEPS.size(); version++) {
      Path each = directory.resolve("v" + version);
      makeOld(each, version);

      try (var journal = SqliteJournal.open(each)) {
        assertThat(journal.waiting()).containsExactly(message("old", "t1"));
        assertThat(journal.openWork().waiting()).isEqualTo(1);
      }
    }
  }

  @Test
  void showsTheTasksOfAnOlderJournalWithoutTheirOutcome() throws Exception {
    makeOld(
        directory,
        5,
        "INSERT INTO ended VALUES ('11111111-1111-4111-8111-111111111111', 't7', 0)",
        "INSERT INTO ended VALUES ('22222222-2222-4222-8222-222222222222', 't7', 1000)");

    try (var journal = SqliteJournal.open(directory)) {
      TaskRecord record = journal.record(new TaskId("t7")).orElseThrow();
      assertThat(record.line().outcome()).isEqualTo(OutcomeWord.UNKNOWN);
      assertThat(record.line().endedAt()).contains(Instant.ofEpochSecond(1));
      assertThat(record.line().title()).isEmpty();
      assertThat(record.attempts()).extracting(AttemptRecord::replaced).contains(true, false);
      assertThat(journal.ended(9)).hasSize(1);
    }
  }

  private static void makeOld(Path folder, int version, String... rows) throws Exception {
    Path old = Files.createDirectories(folder).resolve("journal.db");
    try (var database = Database.open(old, JournalMode.WAL, Duration.ZERO)) {
      Schema.migrate(database, Schema.STEPS.subList(0, version));
      database.write(
          it -> {
            for (String row : rows) {
              it.update(row);
            }
            return it.update(
                "INSERT INTO message (number, id, task, taken_in, waiting)"
                    + " VALUES (1, 'old', 't1', 1, 1)");
          });
    }
  }

  @Test
  void staysAtTheVersionWhoseNextStepFails() throws Exception {
    SqliteJournal.open(directory).close();
    var steps = new ArrayList<>(Schema.STEPS);
    steps.add(List.of("CREATE TABLE third (x)"));
    steps.add(List.of("CREATE TABLE fourth (x)", "CREATE TABLE third (y)"));

    try (var database = Database.open(file, JournalMode.WAL, Duration.ZERO)) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> Schema.migrate(database, steps));
      assertThat(
              database.query(
                  "SELECT name FROM sqlite_schema WHERE name IN ('third', 'fourth')",
                  row -> row.getString(1)))
          .containsExactly("third");
    }
    assertThat(version()).isEqualTo(Schema.STEPS.size() + 1);
  }

  @Test
  void refusesANewerJournal() throws Exception {
    SqliteJournal.open(directory).close();
    byHand("PRAGMA user_version = 99");

    assertRefused(
        "it is of version 99, and this avatar knows none after "
            + Schema.STEPS.size()
            + "; start the newer avatar");
  }

  @Test
  void refusesAnotherProgramsDatabase() throws Exception {
    byHand("CREATE TABLE song (title TEXT)", "PRAGMA application_id = 7");

    assertRefused("it is another program's database; move it away");
  }

  @Test
  void refusesADatabaseThatSaysNothingOfItsProgram() throws Exception {
    byHand("CREATE TABLE song (title TEXT)");

    assertRefused("it is another program's database; move it away");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(file, "milk, eggs, flour\n".repeat(1000));

    assertRefused("it is damaged, or no journal at all; put back a copy of it");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Files.createDirectories(directory);
    Files.createFile(file);

    assertRefused("it is empty; put back a copy of it");
  }

  @Test
  void refusesAJournalWithDamageInItsMiddle() throws IOException {
    fill();
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = bytes.length() / 2;
      for (long at = middle; at < middle + 10_000; at++) {
        bytes.seek(at);
        int old = bytes.read();
        bytes.seek(at);
        bytes.write(~old);
      }
    }

    assertRefused("it is damaged");
  }

  @Test
  void refusesATruncatedJournal() throws IOException {
    fill();
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2 + 100);
    }

    assertRefused("it is damaged");
  }

  @Test
  void refusesAJournalOfWhichOnlyTheLatestWritesAreThere() throws Exception {
    copyOfOneInUse("PRAGMA user_version = 2");
    Files.delete(file);

    assertRefused("it is gone, although its '" + file + "-wal' is there; put it back");
  }

  @Test
  void leavesTheLatestWritesOfAJournalItRefusesWhereTheyAre() throws Exception {
    copyOfOneInUse("PRAGMA user_version = 99");

    assertThat(Files.size(directory.resolve("journal.db-wal"))).isPositive();
    assertRefused("it is of version 99");
  }

  @Test
  void beginsAnewWithAJournalThatWasNotFinished() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("journal.db.new"), "half");
    Files.writeString(directory.resolve("journal.db.new-journal"), "half");

    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.open()).isEmpty();
    }
    assertThat(contents().keySet()).containsExactly("journal.db");
  }

  @Test
  void refusesAFileInTheFoldersPlace() throws IOException {
    Files.writeString(directory, "");

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> SqliteJournal.open(directory))
        .withMessage(
            "could not use the state directory '" + directory + "': a file is in its place");
  }

  @Test
  void givesTheFolderBackWhenItRefusesTheJournal() throws IOException {
    Files.createDirectories(directory);
    Files.createFile(file);
    assertThatExceptionOfType(StateException.class).isThrownBy(() -> SqliteJournal.open(directory));

    Files.delete(file);

    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.open()).isEmpty();
    }
  }

  private void assertRefused(String reason) throws IOException {
    var before = contents();

    assertThatExceptionOfType(StateException.class)
        .isThrownBy(() -> SqliteJournal.open(directory))
        .withMessageStartingWith("could not use the journal '" + file + "': " + reason);
    assertThat(contents()).isEqualTo(before);
  }

  private void fill() {
    try (var journal = SqliteJournal.open(directory)) {
      for (int i = 0; i < 60; i++) {
        var attempt = Attempt.of(new TaskId("t" + i));
        journal.begin(attempt, 1);
        journal.announce(attempt.id(), Updates.begun(1), 0);
      }
    }
  }

  /** Copies a journal as a kill leaves it: the last records are not in the main file yet. */
  private void copyOfOneInUse(String statement) throws Exception {
    SqliteJournal.open(parent.resolve("other")).close();
    Path used = parent.resolve("other/journal.db");
    Files.createDirectories(directory);
    try (Connection connection = connect(used);
        var sql = connection.createStatement()) {
      sql.execute(statement);
      for (String end : List.of("", "-wal")) {
        Files.copy(Path.of(used + end), Path.of(file + end));
      }
    }
  }

  private void byHand(String... statements) throws Exception {
    Files.createDirectories(directory);
    try (Connection connection = connect(file);
        var sql = connection.createStatement()) {
      for (String statement : statements) {
        sql.execute(statement);
      }
    }
  }

  private int version() throws Exception {
    try (Connection connection = connect(file);
        var row = connection.createStatement().executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static String setting(Database database, String name) throws Exception {
    return database.query("PRAGMA " + name, row -> row.getString(1)).get(0);
  }

  /** A digest of each file, except the lock and SQLite's shared memory. */
  private Map<String, UUID> contents() throws IOException {
    var contents = new TreeMap<String, UUID>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        String name = each.getFileName().toString();
        if (!name.equals("lock") && !name.endsWith("-shm")) {
          contents.put(name, UUID.nameUUIDFromBytes(Files.readAllBytes(each)));
        }
      }
    }
    return contents;
  }

  private Map<String, String> permissions() throws IOException {
    var permissions = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.toList()) {
        permissions.put(
            directory.relativize(each).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
      }
    }
    return permissions;
  }

  private static Announcement message(String id, String task) {
    return new Announcement(new MessageId(id), new TaskId(task));
  }
}
