package io.numa.avatar.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.text.TerminalFilter;
import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes HTML of a log: a span for each line, of the class {@code own} if the avatar wrote it, and
 * spans for colours. Nothing else of the text is obeyed, neither as HTML nor as by a terminal.
 */
final class LogHtml {
  private static final Pattern STYLE = Pattern.compile("\u001b\\[([0-9;:]{0,64})m");

  private LogHtml() {}

  static String of(String text) {
    var html = new StringBuilder(text.length() + text.length() / 2);
    filtered(text).lines().forEach(line -> addLine(html, line));
    return html.toString();
  }

  /** The log is filtered already; this does not rely on it. */
  private static String filtered(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    TerminalFilter filter = TerminalFilter.keepingColours(bytes::write);
    byte[] raw = text.getBytes(UTF_8);
    filter.write(raw, 0, raw.length);
    filter.end();
    return bytes.toString(UTF_8);
  }

  private static void addLine(StringBuilder html, String line) {
    html.append(line.startsWith(RunLog.MARK) ? "<span>" : "<span class=\"own\">");
    Style style = Style.PLAIN;
    int at = 0;
    Matcher sequences = STYLE.matcher(line);
    while (sequences.find()) {
      add(html, style, line.substring(at, sequences.start()));
      style = style.after(sequences.group(1));
      at = sequences.end();
    }
    add(html, style, line.substring(at));
    html.append("\n</span>");
  }

  private static void add(StringBuilder html, Style style, String text) {
    if (text.isEmpty()) {
      return;
    }
    String escaped = Templates.escaped(text);
    String classes = style.classes();
    if (classes.isEmpty()) {
      html.append(escaped);
    } else {
      html.append("<span class=\"").append(classes).append("\">").append(escaped).append("</span>");
    }
  }
}
