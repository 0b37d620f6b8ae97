/** In CI a property draws the same examples each time: no landing is lost to a rare one. People draw new ones. */
import fc from 'fast-check';

if (process.env.CI) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 2026 });
