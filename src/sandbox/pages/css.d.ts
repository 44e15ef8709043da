/** Style sheets of the pages; Vite writes them beside their scripts. */
declare module '*.css';
