/** The pipeline of one task, from its claim to its last report. */
@NullMarked
package io.numa.avatar.run;

import org.jspecify.annotations.NullMarked;
