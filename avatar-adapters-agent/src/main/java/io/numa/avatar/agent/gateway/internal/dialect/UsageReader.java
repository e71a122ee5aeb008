package io.numa.avatar.agent.gateway.internal.dialect;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Reads the tokens that an answer states while the answer passes in pieces: from JSON, and from the
 * JSON in server-sent events. Holds a few hundred bytes. Not thread-safe.
 */
public final class UsageReader {
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  private final Map<String, TokenKind> meanings;
  private final TokenCount count = new TokenCount();
  private final JsonNumbers numbers = new JsonNumbers(this::number);
  private Form form = Form.UNKNOWN;

  /** How many bytes of the line were compared with {@link #DATA}; negative if they differ. */
  private int matched;

  private boolean lineIsEmpty = true;
  private boolean afterReturn;

  private enum Form {
    UNKNOWN,
    JSON,
    EVENTS
  }

  public UsageReader(Dialect dialect) {
    this.meanings = StatedTokens.of(dialect);
  }

  /** What was stated so far. */
  public TokenCount count() {
    return count;
  }

  /** Reads a piece of the answer. */
  public void accept(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      accept(bytes[i]);
    }
  }

  private void accept(byte next) {
    if (form == Form.UNKNOWN && !isSpace(next)) {
      // Some hosts give the wrong content type, so the first character decides.
      form = next == '{' || next == '[' ? Form.JSON : Form.EVENTS;
    }
    if (form == Form.JSON) {
      numbers.accept(next);
    } else if (form == Form.EVENTS) {
      event(next);
    }
  }

  private void event(byte next) {
    if (next == '\n' && afterReturn) {
      afterReturn = false;
      return;
    }
    afterReturn = next == '\r';
    if (next == '\n' || next == '\r') {
      endLine();
    } else {
      lineIsEmpty = false;
      if (matched == DATA.length) {
        numbers.accept(next);
      } else if (matched >= 0) {
        matched = next == DATA[matched] ? matched + 1 : -1;
      }
    }
  }

  private void endLine() {
    if (lineIsEmpty) {
      numbers.reset(); // the event ends here, and a broken one must not spoil the next
    } else if (matched == DATA.length) {
      numbers.accept((byte) '\n');
    }
    matched = 0;
    lineIsEmpty = true;
  }

  private void number(String path, BigDecimal value) {
    TokenKind kind = meanings.get(path);
    if (kind != null) {
      count.state(kind, value);
    }
  }

  private static boolean isSpace(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }
}
