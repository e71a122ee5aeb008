/**
 * The pages for people: HTML of what an operator sees of an avatar, in English and Chinese. Begin
 * with {@link io.numa.avatar.server.page.Pages}.
 *
 * <p>A page is a record of texts that a template shows. Templates escape each text, and show
 * characters that cannot be seen by their code points. Only {@code LogHtml} and {@code DiffHtml}
 * make HTML themselves. All pages can be read without a script; the one script that there is
 * follows the events and replaces the parts of the page that have an attribute {@code data-part}.
 */
@NullMarked
package io.numa.avatar.server.page;

import org.jspecify.annotations.NullMarked;
