package io.numa.avatar.http;

import io.numa.avatar.run.secret.Redacted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a server's text safe to show in a message. */
public final class ServerText {
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]{0,200}>([^<]{0,300})<", Pattern.CASE_INSENSITIVE);

  private ServerText() {}

  /** A colon and the beginning of a text, on one line; empty if the text is blank. */
  public static String excerpt(Redacted text, int limit) {
    Redacted line = text.line();
    return line.isEmpty() ? "" : ": " + line.shortened(limit);
  }

  /** The title of a web page; empty if it has none. */
  public static Redacted title(Redacted page) {
    return page.changed(
        html -> {
          Matcher title = TITLE.matcher(html);
          return title.find() ? title.group(1) : "";
        });
  }
}
