package io.numa.avatar.git.internal.worktree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Writes a commit as a mail for {@code git am}, like {@code git format-patch}. */
public final class PatchMail {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  /** What {@code git am} would change in a subject; {@code -k} prevents it. */
  private static final Pattern CLEANED_UP =
      Pattern.compile("(?is)(?:re:|[\\s:\\[]).*|.*(?:\\s\\s|[\\t\\n]).*");

  /** A line of a message that {@code git am} would take for the end of the message. */
  private static final Pattern ENDS_MESSAGE = Pattern.compile("---.*|diff -.*|Index: .*|>?From .*");

  /** A first line of a message's body that {@code git am} would take for a header. */
  private static final Pattern HEADER =
      Pattern.compile("(?i)(?:From|Subject|Date):.*|\\[PATCH\\].*");

  private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e]*");
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9 '_-]+");

  /** In bytes, so that an encoded word has at most the 75 characters that RFC 2047 allows. */
  private static final int WORD = 45;

  private PatchMail() {}

  /**
   * Writes the difference of a commit to a tree.
   *
   * @return the options that {@code git am} needs to make the same commit
   */
  public static List<String> write(
      Repository repository, ObjectId from, ObjectId id, OutputStream out) throws IOException {
    RevCommit commit;
    try (var walk = new RevWalk(repository)) {
      commit = walk.parseCommit(id);
    }
    String[] message = commit.getFullMessage().stripTrailing().split("\n\\s*\n", 2);
    String subject = message[0];
    String body = message.length == 1 ? "" : body(message[1]);
    out.write(head(commit, subject, body).getBytes(UTF_8));
    var diff = new LineEndWatch(out);
    DiffWriter.write(repository, from, commit.getTree(), diff);
    out.write("-- \nnuma avatar\n\n".getBytes(UTF_8));
    List<String> options = new ArrayList<>();
    if (from.equals(commit.getTree())) {
      options.add("--empty=keep");
    }
    if (CLEANED_UP.matcher(subject).matches()) {
      options.add("-k");
    }
    if (diff.found) {
      options.add("--keep-cr");
    }
    return options;
  }

  private static String head(RevCommit commit, String subject, String body) {
    PersonIdent author = commit.getAuthorIdent();
    return String.join(
        "\n",
        "From " + commit.name() + " Mon Sep 17 00:00:00 2001",
        "From: " + name(author.getName()) + " <" + author.getEmailAddress() + ">",
        "Date: " + DATE.format(author.getWhenAsInstant().atZone(author.getZoneId())),
        "Subject: " + subject(subject),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        body + "---",
        "",
        "");
  }

  private static String name(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : encoded(name);
  }

  private static String subject(String subject) {
    boolean plain = PLAIN.matcher(subject).matches() && !subject.contains("=?");
    return plain ? subject : encoded(subject);
  }

  /** Encoded words of RFC 2047, each on a line of its own. */
  private static String encoded(String text) {
    List<String> words = new ArrayList<>();
    var word = new StringBuilder();
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      String next = Character.toString(text.codePointAt(at));
      if (word.toString().getBytes(UTF_8).length + next.getBytes(UTF_8).length > WORD) {
        words.add(word.toString());
        word.setLength(0);
      }
      word.append(next);
    }
    words.add(word.toString());
    return words.stream()
        .map(part -> Base64.getEncoder().encodeToString(part.getBytes(UTF_8)))
        .map(part -> "=?UTF-8?B?" + part + "?=")
        .collect(Collectors.joining("\n "));
  }

  /**
   * The message after its subject. A space before a line prevents that {@code git am} takes it, and
   * what follows, for the patch.
   */
  private static String body(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (int i = 0; i < lines.size(); i++) {
      boolean header = i == 0 && HEADER.matcher(lines.get(i)).matches();
      if (header || ENDS_MESSAGE.matcher(lines.get(i)).matches()) {
        lines.set(i, " " + lines.get(i));
      }
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** Notes whether a line ends with CR LF. */
  private static final class LineEndWatch extends FilterOutputStream {
    private boolean found;
    private int last;

    LineEndWatch(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int unit) throws IOException {
      found |= last == '\r' && unit == '\n';
      last = unit;
      out.write(unit);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int i = offset; i < offset + length; i++) {
        found |= last == '\r' && bytes[i] == '\n';
        last = bytes[i];
      }
      out.write(bytes, offset, length);
    }
  }
}
