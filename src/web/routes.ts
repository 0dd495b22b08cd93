import { may } from '../triage/rights.js';
import { actRoutes } from './acts.js';
import { arrivalRoutes } from './arrivals.js';
import { accountRoutes } from './pages/account.js';
import { accountSecurityRoutes } from './pages/account-security.js';
import { alertRoutes } from './pages/alerts.js';
import { auditRoutes } from './pages/audit.js';
import { calendarRoutes } from './pages/calendar.js';
import { caseExportRoutes } from './pages/case-export.js';
import { caseRoutes } from './pages/cases.js';
import { compareRoutes } from './pages/compare.js';
import { itemRoutes } from './pages/item.js';
import { legalRoutes } from './pages/legal.js';
import { loginRoutes } from './pages/login.js';
import { narrativeRoutes } from './pages/narrative.js';
import { narrativesRoutes } from './pages/narratives.js';
import { neutralityRoutes } from './pages/neutrality.js';
import { numbersRoutes } from './pages/numbers.js';
import { operationsRoutes } from './pages/operations.js';
import { queueRoutes } from './pages/queue.js';
import { reportRoutes } from './pages/reports.js';
import { shiftRoutes } from './pages/shift.js';
import { todayRoutes } from './pages/today.js';
import { unsealRoutes } from './pages/unseal.js';
import { userRoutes } from './pages/users.js';
import { wallRoutes } from './pages/wall.js';
import type { DeskApp, DeskRoute } from './route.js';
import { ROOMS } from './views/frame.js';

/** Every route of the desk, each with the right that it takes. */
export function deskRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      // To the first room that the role opens.
      method: 'GET',
      path: '/',
      access: 'signed-in',
      handle: ({ c, me }) =>
        c.redirect(ROOMS.find(({ right }) => may(me.user.role, right))?.path ?? '/account', 303),
    },
    ...loginRoutes(app),
    ...accountRoutes(app),
    ...accountSecurityRoutes(app),
    ...queueRoutes(app),
    ...itemRoutes(app),
    ...actRoutes(app),
    ...unsealRoutes(app),
    ...caseExportRoutes(app),
    ...legalRoutes(app),
    ...caseRoutes(app),
    ...shiftRoutes(app),
    ...todayRoutes(app),
    ...narrativesRoutes(app),
    ...narrativeRoutes(app),
    ...compareRoutes(app),
    ...calendarRoutes(app),
    ...wallRoutes(app),
    ...alertRoutes(app),
    ...reportRoutes(app),
    ...numbersRoutes(app),
    ...neutralityRoutes(app),
    ...operationsRoutes(app),
    ...userRoutes(app),
    ...auditRoutes(app),
    ...arrivalRoutes(app),
  ];
}
