package io.numa.avatar.egress.internal.wire;

import java.nio.ByteBuffer;

/**
 * A body in chunks (RFC 9112, 7.1), in its plainest form: extensions and trailers are refused, as
 * servers differ in how they read them.
 */
final class ChunkedBody implements RequestBody {
  private enum Place {
    SIZE,
    SIZE_END,
    DATA,
    DATA_CR,
    DATA_END,
    LAST_CR,
    LAST_END,
    AFTER
  }

  private static final int MOST_DIGITS = 8;

  private Place place = Place.SIZE;
  private long size;
  private int digits;

  @Override
  public ByteBuffer pass(ByteBuffer received) throws MalformedException {
    int start = received.position();
    while (received.hasRemaining() && place != Place.AFTER) {
      if (place == Place.DATA) {
        skipData(received);
      } else {
        place = next(received.get());
      }
    }
    return received.slice(start, received.position() - start);
  }

  private void skipData(ByteBuffer received) {
    int length = (int) Math.min(size, received.remaining());
    received.position(received.position() + length);
    size -= length;
    if (size == 0) {
      place = Place.DATA_CR;
    }
  }

  private Place next(byte next) throws MalformedException {
    return switch (place) {
      case SIZE -> digits > 0 && next == '\r' ? Place.SIZE_END : digit(next);
      case SIZE_END -> require(next, '\n', size == 0 ? Place.LAST_CR : Place.DATA);
      case DATA_CR -> require(next, '\r', Place.DATA_END);
      case DATA_END -> {
        digits = 0;
        yield require(next, '\n', Place.SIZE);
      }
      case LAST_CR -> require(next, '\r', Place.LAST_END);
      case LAST_END -> require(next, '\n', Place.AFTER);
      case DATA, AFTER -> throw new IllegalStateException("no byte is looked at there");
    };
  }

  private Place digit(byte next) throws MalformedException {
    int digit = next < 0 ? -1 : Character.digit((char) next, 16);
    if (digit < 0 || digits == MOST_DIGITS) {
      throw malformed();
    }
    size = size * 16 + digit;
    digits++;
    return Place.SIZE;
  }

  private static Place require(byte next, char expected, Place place) throws MalformedException {
    if (next != expected) {
      throw malformed();
    }
    return place;
  }

  private static MalformedException malformed() {
    return new MalformedException("the chunks of the request's body are malformed");
  }
}
