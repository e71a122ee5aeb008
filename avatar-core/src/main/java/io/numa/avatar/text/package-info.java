/**
 * Takes out of texts what a terminal obeys and what people do not see.
 *
 * <p>Logs, messages and names that come from outside pass through here. Begin with {@link
 * io.numa.avatar.text.CleanText}.
 */
@NullMarked
package io.numa.avatar.text;

import org.jspecify.annotations.NullMarked;
