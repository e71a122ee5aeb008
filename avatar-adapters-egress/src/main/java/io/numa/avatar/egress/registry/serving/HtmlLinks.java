package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes the links of the pages of a Python index (PEP 503), tag by tag. */
final class HtmlLinks implements Rewriting {
  private static final Set<String> TYPES =
      Set.of("text/html", "application/vnd.pypi.simple.v1+html");

  /** No tag of an index is longer; what is longer passes as it is. */
  private static final int LONGEST_TAG = 1 << 13;

  private static final String VALUE = "\"[^\"]*\"|'[^']*'|[^\\s>\"']+";

  private static final Pattern LINK =
      Pattern.compile(
          "(?is)(<(a|base)(?:\\s+[^\\s=>\"']+(?:\\s*=\\s*(?:VALUE))?)*?\\s+href\\s*=\\s*)(VALUE)(.*)"
              .replace("VALUE", VALUE));

  @Override
  public boolean reads(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public void rewrite(InputStream in, OutputStream out, Links links) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, UTF_8));
    var writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    Links current = links;
    for (int next = reader.read(); next >= 0; next = reader.read()) {
      if (next == '<') {
        current = copyTag(tag(reader), writer, current);
      } else {
        writer.write(next);
      }
    }
    writer.flush();
  }

  /** Reads up to the end of a tag, which is no end within quotes. */
  private static String tag(Reader reader) throws IOException {
    var tag = new StringBuilder("<");
    int quote = 0;
    for (int next = reader.read(); next >= 0; next = reader.read()) {
      tag.append((char) next);
      if (quote == 0 && (next == '"' || next == '\'')) {
        quote = next;
      } else if (next == quote) {
        quote = 0;
      }
      if ((next == '>' && quote == 0) || tag.length() == LONGEST_TAG) {
        break;
      }
    }
    return tag.toString();
  }

  /** Writes a tag, and says what the links after it are relative to. */
  private static Links copyTag(String tag, Writer writer, Links links) throws IOException {
    Matcher found = LINK.matcher(tag);
    if (!found.matches()) {
      writer.write(tag);
      return links;
    }
    String link = plain(found.group(3));
    boolean isBase = found.group(2).equalsIgnoreCase("base");
    writer.write(found.group(1) + '"' + escaped(links.inside(link)) + '"' + found.group(4));
    return isBase ? links.relativeTo(link) : links;
  }

  private static String plain(String value) {
    boolean quoted = value.startsWith("\"") || value.startsWith("'");
    String bare = quoted ? value.substring(1, value.length() - 1) : value;
    return bare.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
  }

  private static String escaped(String link) {
    return link.replace("&", "&amp;").replace("\"", "&quot;");
  }
}
