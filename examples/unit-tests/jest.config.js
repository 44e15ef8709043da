export default { testEnvironment: 'jsdom', testMatch: ['**/jest/*.test.js'], transform: {} };
