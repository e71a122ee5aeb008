package io.numa.avatar.run.test.report.mend;

import java.io.IOException;
import java.io.Reader;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of an XML file, changed so that a strict parser reads it in spite of usual faults: it is
 * one element {@code <r>} that contains the text of the file. Characters that XML forbids become
 * other ones, unknown references become text, and declarations, comments and DOCTYPEs are left out.
 * Thus a file cannot refer to other files or define entities, and it may contain several documents.
 * Line numbers do not change. Not thread-safe.
 */
public final class MendedXml extends Reader {
  /** Longer values of attributes are cut off, because a parser keeps them in memory. */
  static final int MAX_VALUE = 1 << 16;

  /** The end of every text. */
  public static final String END = "</r>";

  private static final String START = "<r>";
  private static final Set<String> ENTITIES = Set.of("amp", "lt", "gt", "quot", "apos");
  private static final Pattern REFERENCE =
      Pattern.compile("(#[0-9]{1,8}|#x[0-9a-fA-F]{1,7}|[a-zA-Z]{2,4});.*", Pattern.DOTALL);

  private static final int LONGEST_REFERENCE = 10;

  private enum Place {
    TEXT,
    TAG,
    VALUE,
    CDATA
  }

  private final LookAhead in;
  private final StringBuilder ready = new StringBuilder(START);
  private Place place = Place.TEXT;
  private int quote;
  private int valueLength;
  private long length;
  private boolean ended;

  /**
   * @param in the text of the file
   */
  public MendedXml(Reader in) {
    this.in = new LookAhead(in);
  }

  /** Whether everything was read. */
  public boolean ended() {
    return ended;
  }

  /** How many characters were handed out. */
  public long length() {
    return length;
  }

  @Override
  public int read(char[] target, int offset, int most) throws IOException {
    while (ready.length() < most && !ended) {
      mend();
    }
    int count = Math.min(most, ready.length());
    ready.getChars(0, count, target, offset);
    ready.delete(0, count);
    length += count;
    return count == 0 ? -1 : count;
  }

  private void mend() throws IOException {
    if (place == Place.TEXT || place == Place.CDATA) {
      in.takePlain(ready);
    }
    int c = in.next();
    if (c < 0) {
      end();
      return;
    }
    switch (place) {
      case TEXT -> mendText(c);
      case TAG -> mendTag(c);
      case VALUE -> mendValue(c);
      case CDATA -> mendCdata(c);
    }
  }

  /** Ends the element {@code <r>}, unless the file ends within a tag or a section. */
  private void end() {
    ended = true;
    if (place == Place.TEXT) {
      ready.append(END);
    }
  }

  private void mendText(int c) throws IOException {
    switch (c) {
      case '<' -> mendMarkup();
      case '>' -> ready.append("&gt;");
      case '&' -> mendReference();
      default -> ready.append(allowed(c));
    }
  }

  private void mendMarkup() throws IOException {
    if (in.skips("!--")) {
      leaveOutTo("-->");
    } else if (in.skips("?")) {
      leaveOutTo("?>");
    } else if (in.skips("![CDATA[")) {
      ready.append("<![CDATA[");
      place = Place.CDATA;
    } else if (in.skips("!")) {
      leaveOutDeclaration();
    } else if (beginsName(in.peek())) {
      ready.append('<');
      place = Place.TAG;
    } else {
      ready.append("&lt;");
    }
  }

  private static boolean beginsName(int c) {
    return c == '/' || c == '_' || c == ':' || Character.isLetter(c);
  }

  private void mendTag(int c) {
    if (c == '"' || c == '\'') {
      place = Place.VALUE;
      quote = c;
      valueLength = 0;
    } else if (c == '>') {
      place = Place.TEXT;
    }
    ready.append(allowed(c));
  }

  private void mendValue(int c) throws IOException {
    if (c == quote) {
      place = Place.TAG;
      ready.append((char) c);
    } else if (++valueLength > MAX_VALUE) {
      keepLine(c);
    } else if (c == '<') {
      ready.append("&lt;");
    } else if (c == '&') {
      mendReference();
    } else {
      ready.append(allowed(c));
    }
  }

  private void mendCdata(int c) throws IOException {
    if (c == ']' && in.skips("]>")) {
      ready.append("]]>");
      place = Place.TEXT;
    } else {
      ready.append(allowed(c));
    }
  }

  private void mendReference() throws IOException {
    var matcher = REFERENCE.matcher(in.ahead(LONGEST_REFERENCE));
    if (!matcher.matches()) {
      ready.append("&amp;");
      return;
    }
    String name = matcher.group(1);
    if (name.startsWith("#")) {
      in.skips(name + ";");
      mendNumber(name, Integer.parseInt(name.replaceFirst("#x?", ""), radix(name)));
    } else {
      ready.append(ENTITIES.contains(name) ? "&" : "&amp;");
    }
  }

  private static int radix(String reference) {
    return reference.startsWith("#x") ? 16 : 10;
  }

  private void mendNumber(String reference, int character) {
    boolean control = character < ' ' && allowed(character) != character;
    boolean surrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    if (control) {
      ready.append(allowed(character));
    } else if (surrogate || !Character.isValidCodePoint(character) || isNoCharacter(character)) {
      ready.append("&amp;").append(reference).append(';');
    } else {
      ready.append('&').append(reference).append(';');
    }
  }

  /** A control character as its picture, which is another one for each. */
  private static char allowed(int c) {
    if (c >= ' ' || c == '\t' || c == '\n' || c == '\r') {
      return isNoCharacter(c) ? '\uFFFD' : (char) c;
    }
    return (char) ('\u2400' + c);
  }

  private static boolean isNoCharacter(int c) {
    return c == 0xFFFE || c == 0xFFFF;
  }

  private void leaveOutTo(String end) throws IOException {
    while (!in.skips(end)) {
      if (!leaveOutOne()) {
        return;
      }
    }
  }

  /** Leaves out the rest of a DOCTYPE, with the declarations in its brackets. */
  private void leaveOutDeclaration() throws IOException {
    int brackets = 0;
    int within = 0;
    while (brackets > 0 || within > 0 || in.peek() != '>') {
      int c = in.peek();
      if (within > 0) {
        within = c == within ? 0 : within;
      } else if (c == '"' || c == '\'') {
        within = c;
      } else if (c == '[' || c == ']') {
        brackets += c == '[' ? 1 : -1;
      }
      if (!leaveOutOne()) {
        return;
      }
    }
    in.next();
  }

  /** Leaves out a character; false at the end of the file, which is then not whole. */
  private boolean leaveOutOne() throws IOException {
    int c = in.next();
    keepLine(c);
    if (c < 0) {
      ended = true;
    }
    return c >= 0;
  }

  private void keepLine(int c) {
    if (c == '\n' || c == '\r') {
      ready.append((char) c);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
