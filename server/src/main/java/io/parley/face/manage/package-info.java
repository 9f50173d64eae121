/// What operators ask: is it alive, is it ready, what does it measure. On the management port only.
@NullMarked
package io.parley.face.manage;

import org.jspecify.annotations.NullMarked;
