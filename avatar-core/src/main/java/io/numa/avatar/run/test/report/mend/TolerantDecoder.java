package io.numa.avatar.run.test.report.mend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes an XML file. The bytes decide about the encoding, and the declaration only where it fits
 * them. Bytes that the encoding does not allow are read as Latin-1, so that different bytes stay
 * different. Not thread-safe.
 */
public final class TolerantDecoder extends Reader {
  private static final int BEGINNING = 256;
  private static final Pattern ENCODING =
      Pattern.compile("\\s*<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([^\"'>]+)[\"']");

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 13).flip();
  private boolean ended;

  private TolerantDecoder(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /**
   * Reads the beginning of a file, and decides how to decode it.
   *
   * @throws IOException if the beginning could not be read
   */
  public static Reader of(InputStream in) throws IOException {
    var pushback = new PushbackInputStream(in, BEGINNING);
    byte[] beginning = pushback.readNBytes(BEGINNING);
    Mark mark = Mark.of(beginning);
    pushback.unread(beginning, mark.length(), beginning.length - mark.length());
    return new TolerantDecoder(pushback, mark.charset());
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    var out = CharBuffer.wrap(target, offset, length).slice();
    while (out.position() == 0) {
      CoderResult result = decoder.decode(bytes, out, ended);
      if (result.isError()) {
        takeAsTheyAre(result.length(), out);
      } else if (result.isUnderflow()) {
        if (ended) {
          return -1;
        }
        fill();
      } else if (out.position() == 0) {
        throw new IOException("no room for a pair of characters");
      }
    }
    return out.position();
  }

  private void takeAsTheyAre(int count, CharBuffer out) {
    for (int i = 0; i < count && out.hasRemaining(); i++) {
      out.put((char) (bytes.get() & 0xFF));
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(count, 0)).flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * An encoding and the length of the mark that tells it.
   *
   * @param length in bytes; 0 without a byte order mark
   */
  private record Mark(Charset charset, int length) {
    static Mark of(byte[] beginning) {
      String text = new String(beginning, ISO_8859_1);
      if (text.startsWith("\u00EF\u00BB\u00BF")) {
        return new Mark(UTF_8, 3);
      }
      if (text.startsWith("\u00FE\u00FF") || text.startsWith("\0<")) {
        return new Mark(UTF_16BE, text.startsWith("\0") ? 0 : 2);
      }
      if (text.startsWith("\u00FF\u00FE") || text.startsWith("<\0")) {
        return new Mark(UTF_16LE, text.startsWith("<") ? 0 : 2);
      }
      Matcher declared = ENCODING.matcher(text);
      return new Mark(declared.lookingAt() ? named(declared.group(1)) : UTF_8, 0);
    }

    /**
     * UTF-8 for names that are unknown, and for encodings in which the file's beginning is none.
     */
    private static Charset named(String name) {
      try {
        var charset = Charset.forName(name.strip());
        boolean fits = new String("<?xml".getBytes(US_ASCII), charset).equals("<?xml");
        return fits && !charset.equals(US_ASCII) ? charset : UTF_8;
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        return UTF_8;
      }
    }
  }
}
