package io.numa.avatar.server.page;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.numa.avatar.text.CleanText;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Fills in the templates. Safe for use by several threads. */
final class Templates {
  private final Mustache.Compiler compiler =
      Mustache.compiler()
          .strictSections(true)
          .withCollector(new Values())
          .withEscaper(Templates::escaped)
          .withLoader(name -> new StringReader(Resources.text(name)));

  private final Map<String, Template> compiled = new ConcurrentHashMap<>();

  /**
   * Shows a page.
   *
   * @param view has what the template names; a name that it lacks is an error
   */
  String fill(String template, Texts texts, Frame frame, Object view) {
    var page = new StringWriter();
    compiled
        .computeIfAbsent(template, name -> compiler.compile(Resources.text(name)))
        .execute(view, Map.of("t", texts.all(), "frame", frame), page);
    return page.toString();
  }

  /** Text as HTML that is nothing but text, between tags and in quoted attributes. */
  static String escaped(String text) {
    return Escapers.HTML.escape(CleanText.visible(text));
  }

  /** Takes an {@code Optional} as a list of one value or none. */
  private static final class Values extends DefaultCollector {
    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }
}
