/** What keeps pipelines running: the poll loop, the slots, the way to stop. */
@NullMarked
package io.numa.avatar.worker;

import org.jspecify.annotations.NullMarked;
